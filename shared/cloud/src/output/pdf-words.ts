/**
 * The words of a PDF as text that can be searched and copied, in fonts without ink (ISO 32000-1, 9.6.5, Type 3): a sign stands
 * for a word, or a part of a long one, and is as wide, so that what is marked is what is seen, at any angle.
 */
import { visualRuns } from '../bidi.ts';
import type { SvgWord } from '../svg.ts';
import { type ObjectNumber, type PdfFile, pdfNumber, utf16 } from './pdf-file.ts';

/** A font of this kind has signs of one byte. */
const SIGNS = 256;
/** A section of a character map has at most so many lines. */
const LINES = 100;
/** UTF-16 units that one sign may stand for: some readers (MuPDF) drop longer ones. */
const MOST_UNITS = 8;

/** The whole of a short word, or a part of a long one. */
interface Sign {
  text: string;
  /** In heights of the word. */
  width: number;
}

export interface WordFonts {
  /** For the page's resources. */
  resources: string;
  /** Operators that write each word at its place. */
  content: string[];
}

export function addWordFonts(file: PdfFile, words: readonly SvgWord[]): WordFonts {
  const fonts: Sign[][] = [];
  const content: string[] = [];
  for (const item of words) {
    const signs = signsOf(item);
    if (fonts.length === 0 || fonts.at(-1)!.length + signs.length > SIGNS) fonts.push([]);
    const font = fonts.at(-1)!;
    const codes = signs.map((_, index) => codeOf(font.length + index)).join('');
    font.push(...signs);
    const [cos, sin] = [Math.cos((item.angle * Math.PI) / 180), Math.sin((item.angle * Math.PI) / 180)];
    // A sign is a unit high; it begins in the lower left corner of the word's box. Above is where y is less.
    const [width, height] = [item.shape.width * item.fontSize, item.shape.height * item.fontSize];
    const x = item.x - (cos * width) / 2 - (sin * height) / 2;
    const y = item.y - (sin * width) / 2 + (cos * height) / 2;
    const matrix = [cos, sin, sin, -cos, x, y].map((value) => pdfNumber(value, 5));
    content.push(`BT /W${fonts.length - 1} ${pdfNumber(height)} Tf ${matrix.join(' ')} Tm <${codes}> Tj ET`);
  }
  const resources = fonts.map((signs, index) => `/W${index} ${addFont(file, signs)} 0 R`);
  return { resources: `/Font<<${resources.join('')}>>`, content };
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const codeOf = (code: number): string => code.toString(16).padStart(2, '0');

/**
 * From left to right as they are seen, which is what readers expect: they turn right-to-left letters around, also those within
 * a sign (PDF.js), so each of these has a sign of its own.
 */
function signsOf({ word, shape }: SvgWord): Sign[] {
  const texts = visualRuns(word).flatMap(({ text, rightToLeft }) =>
    rightToLeft ? [...text].toReversed() : partsOf(text),
  );
  const unit = shape.width / shape.height / word.length;
  return texts.map((text) => ({ text, width: unit * text.length }));
}

function partsOf(text: string): string[] {
  const parts: string[] = [];
  for (const { segment } of graphemes.segment(text)) {
    const last = parts.at(-1);
    if (last !== undefined && last.length + segment.length <= MOST_UNITS) parts[parts.length - 1] = last + segment;
    else parts.push(segment);
  }
  return parts;
}

function addFont(file: PdfFile, signs: readonly Sign[]): ObjectNumber {
  const widths = signs.map(({ width }) => pdfNumber(width, 5));
  const names = signs.map((_, code) => `s${code}`);
  const procedures = names.map((name, code) => `/${name} ${file.addStream('', `${widths[code]} 0 d0`)} 0 R`);
  const map = file.addStream('', characterMap(signs));
  const most = Math.max(...widths.map(Number));
  return file.add(
    `<</Type/Font/Subtype/Type3/FontBBox[0 0 ${most} 1]/FontMatrix[1 0 0 1 0 0]/CharProcs<<${procedures.join('')}>>/Encoding<</Type/Encoding/Differences[0/${names.join('/')}]>>/FirstChar 0/LastChar ${signs.length - 1}/Widths[${widths.join(' ')}]/Resources<<>>/ToUnicode ${map} 0 R>>`,
  );
}

/** What each sign stands for (ISO 32000-1, 9.10.3). */
function characterMap(signs: readonly Sign[]): string {
  const lines = signs.map(({ text }, code) => `<${codeOf(code)}> <${utf16(text)}>`);
  const sections: string[] = [];
  for (let from = 0; from < lines.length; from += LINES) {
    const section = lines.slice(from, from + LINES);
    sections.push(`${section.length} beginbfchar\n${section.join('\n')}\nendbfchar`);
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<00> <ff>
endcodespacerange
${sections.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
`;
}
