/**
 * Characters for those that merely look like them. PDF files of Chromium and others name a glyph by the first of the
 * characters that share it, which is the radical: ⼈ (U+2F08) for 人, ⺠ (U+2EA0) for 民.
 */

const RADICALS = /[\u2e80-\u2fd5]/g;
/** Radicals that Unicode does not decompose, where they are characters, too (Unicode, EquivalentUnifiedIdeograph.txt). */
const SUPPLEMENT = pairs(
  '⺜日⺝月⺠民⺧牛⺩王⺬示⺶羊⺻聿⺼月⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀',
);

function pairs(text: string): Map<string, string> {
  const letters = [...text];
  return new Map(letters.flatMap((letter, i) => (i % 2 === 0 ? [[letter, letters[i + 1]!] as const] : [])));
}

export const unfoldRadicals = (text: string): string =>
  text.replace(RADICALS, (radical) => SUPPLEMENT.get(radical) ?? radical.normalize('NFKC'));
