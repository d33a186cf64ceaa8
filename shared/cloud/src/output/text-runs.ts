/**
 * Finds, for a word that was drawn as outlines, the text and fonts that it was drawn with: it is shaped again, and every glyph
 * must lie where it lies in the outlines.
 */
import type { Font } from 'fontkit';
import { visualRuns } from '../bidi.ts';
import { FONTS, type FontName, runsOf } from '../fonts.ts';
import type { WordShape } from '../word-shape.ts';

/** Text of one font and one direction. */
export interface FontRun {
  font: Font;
  text: string;
  rightToLeft: boolean;
  /** Left end of the line it stands on, from the centre of the word, in ems. */
  x: number;
  y: number;
}

const NAMES = Object.keys(FONTS) as FontName[];
/** In ems: more than what adding up in another order can change. */
const TOLERANCE = 1e-6;

/**
 * @param first the font that is tried first
 * @returns undefined when no font gives these outlines
 */
export function findRuns(
  word: string,
  shape: WordShape,
  first: FontName,
): { name: FontName; runs: FontRun[] } | undefined {
  for (const name of [first, ...NAMES.filter((other) => other !== first)]) {
    const runs = runsWith(word, shape, name);
    if (runs) return { name, runs };
  }
  return undefined;
}

function runsWith(word: string, { letters: { points } }: WordShape, name: FontName): FontRun[] | undefined {
  const found: FontRun[] = [];
  let at = 0;
  for (const { text, rightToLeft } of visualRuns(word.normalize('NFC'))) {
    const parts = runsOf(text, name) ?? [];
    for (const part of rightToLeft ? parts.toReversed() : parts) {
      if (!('font' in part)) continue;
      const { font } = part;
      const { glyphs, positions } = font.layout(
        part.text,
        undefined,
        undefined,
        undefined,
        rightToLeft ? 'rtl' : 'ltr',
      );
      let origin: { x: number; y: number } | undefined;
      let pen = 0;
      for (const [index, glyph] of glyphs.entries()) {
        const { xOffset, yOffset, xAdvance } = positions[index]!;
        const own = glyph.path.commands.flatMap(({ args }) => args);
        if (own.length > 0) {
          if (at + own.length > points.length) return undefined;
          const x = points[at]! - (pen + xOffset + own[0]!) / font.unitsPerEm;
          const y = points[at + 1]! + (yOffset + own[1]!) / font.unitsPerEm;
          origin ??= { x, y };
          if (Math.hypot(x - origin.x, y - origin.y) > TOLERANCE) return undefined;
          at += own.length;
        }
        pen += xAdvance;
      }
      if (origin) found.push({ font, text: part.text, rightToLeft, ...origin });
    }
  }
  return at === points.length ? found : undefined;
}
