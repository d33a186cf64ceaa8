/// <reference path="./subset-font.d.ts" />
/**
 * SVG of a cloud with its words as text, in fonts that are part of the file, cut down to the letters that it has: text can be
 * marked, searched and changed in a drawing program. Browsers draw it as they draw the outlines.
 */
import type { Font } from 'fontkit';
import type { FontName } from '../fonts.ts';
import { escapeXml, type Picture, round, type SvgWord, svgDocument, svgEmoji, svgGroup, svgPlace } from '../svg.ts';
import { textRuns } from './text-runs.ts';

/** What browsers apply by themselves, and fontkit did: joining, marks, ligatures, kerning, and those of Indic scripts. */
const FEATURES =
  'abvf abvm abvs akhn blwf blwm blws calt ccmp cfar cjct clig curs dist fina half haln init isol kern liga mark medi mkmk nukt pref pres pstf psts rclt rkrf rlig rphf vatu'.split(
    ' ',
  );

/** Fonts in the order in which they come up, and the letters that are needed of each. */
type Subsets = Map<Font, Set<string>>;

/**
 * Needs `font-src data:` and `style-src 'unsafe-inline'` (or the hash of its one `<style>`) where a content security policy
 * applies to it; as the source of an `<img>` it needs neither.
 *
 * @param picture what `makeCloud` or `drawLayout` gave
 */
export async function encodeSvgWithFont(picture: Picture): Promise<string> {
  const subsets: Subsets = new Map();
  const groups = picture.drawn.map((item) => svgGroup(item, textOf(item, picture.font, subsets)));
  const faces: string[] = [];
  for (const [index, [font, letters]] of [...subsets].entries()) {
    const data = await subsetOf(font, [...letters].toSorted().join(''));
    faces.push(`@font-face{font-family:f${index};src:url(data:font/woff2;base64,${data.toString('base64')})}`);
  }
  const style = faces.length === 0 ? '' : `<style>${faces.join('')}</style>\n`;
  return svgDocument(picture, `${style}<g text-rendering="geometricPrecision">\n${groups.join('\n')}\n</g>`);
}

function textOf(item: SvgWord, name: FontName, subsets: Subsets): string {
  const { fontSize } = item;
  const texts = textRuns(item.word, item.shape, name).map(({ font, text, rightToLeft, x, y }) => {
    const letters = subsets.get(font) ?? new Set();
    for (const letter of text) letters.add(letter);
    subsets.set(font, letters);
    const family = `f${[...subsets.keys()].indexOf(font)}`;
    // From right to left the end of the text is its left end.
    const direction = rightToLeft ? ' direction="rtl" text-anchor="end"' : '';
    const place = `x="${round(x * fontSize, 3)}" y="${round(y * fontSize, 3)}"`;
    return `<text transform="${svgPlace(item)}" ${place} font-family="${family}" font-size="${round(fontSize, 3)}"${direction} xml:space="preserve">${escapeXml(text)}</text>`;
  });
  return texts.join('') + svgEmoji(item);
}

async function subsetOf(font: Font, letters: string): Promise<Buffer> {
  const { default: subsetFont } = await import('subset-font');
  // The file as it was opened; the types of fontkit leave it out.
  const { buffer } = (font as unknown as { stream: { buffer: Uint8Array } }).stream;
  const file = Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  return subsetFont(file, letters, { targetFormat: 'woff2', noHinting: true, keepFeatures: FEATURES });
}
