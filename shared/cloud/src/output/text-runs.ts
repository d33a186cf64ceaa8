/** The text and the font files behind a word that is drawn as outlines. */
import type { Font } from 'fontkit';
import { visualRuns } from '../bidi.ts';
import { type FontName, runsOf } from '../fonts.ts';
import type { WordShape } from '../word-shape.ts';

/** Text of one font and one direction. */
interface FontRun {
  font: Font;
  text: string;
  rightToLeft: boolean;
  /** Left end of the line it stands on, from the centre of the word, in ems. */
  x: number;
  y: number;
}

/**
 * The word is shaped again, as `shapeOf` did; where the first glyph with ink of a run lies in the outlines tells where its line begins.
 *
 * @param shape the word in this font
 */
export function textRuns(word: string, { letters: { points } }: WordShape, name: FontName): FontRun[] {
  const found: FontRun[] = [];
  let at = 0;
  for (const { text, rightToLeft } of visualRuns(word.normalize('NFC'))) {
    const parts = runsOf(text, name)!;
    for (const part of rightToLeft ? parts.toReversed() : parts) {
      if (!('font' in part)) continue;
      const { font } = part;
      const direction = rightToLeft ? 'rtl' : 'ltr';
      const { glyphs, positions } = font.layout(part.text, undefined, undefined, undefined, direction);
      let origin: { x: number; y: number } | undefined;
      let pen = 0;
      for (const [index, glyph] of glyphs.entries()) {
        const { xOffset, yOffset, xAdvance } = positions[index]!;
        const own = glyph.path.commands.flatMap(({ args }) => args);
        if (own.length > 0) {
          origin ??= {
            x: points[at]! - (pen + xOffset + own[0]!) / font.unitsPerEm,
            y: points[at + 1]! + (yOffset + own[1]!) / font.unitsPerEm,
          };
          at += own.length;
        }
        pen += xAdvance;
      }
      if (origin) found.push({ font, text: part.text, rightToLeft, ...origin });
    }
  }
  return found;
}
