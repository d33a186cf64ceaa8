/**
 * The order in which the parts of one word stand on the line, where right-to-left letters meet digits or letters of the
 * other direction. A cut of the Unicode Bidirectional Algorithm (UAX #9) to what a single word can hold: no embeddings, no
 * brackets, and everything without a direction goes with its neighbours.
 */

export interface DirectedText {
  text: string;
  rightToLeft: boolean;
}

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\u200f]/u;
const DIGIT = /\p{Nd}/u;
const LETTER = /\p{L}/u;
/** Goes with the letter before it. */
const MARK = /[\p{M}\u200c\u200d]/u;

/** @returns the parts from left to right as they are seen; the text of each is in the order in which it is read */
export function visualRuns(word: string): DirectedText[] {
  if (!RIGHT_TO_LEFT.test(word)) return [{ text: word, rightToLeft: false }];
  const signs = Array.from(word);
  const levels = levelsOf(signs);
  // L2 of the algorithm: from the highest level down, whatever lies at it or above is turned around.
  const order = signs.map((_, i) => i);
  for (let level = Math.max(...levels); level >= 1; level--) {
    for (let start = 0; start < order.length; start++) {
      let end = start;
      while (end < order.length && levels[order[end]!]! >= level) end++;
      if (end > start + 1) order.splice(start, end - start, ...order.slice(start, end).reverse());
      start = Math.max(start, end - 1);
    }
  }
  const runs: (DirectedText & { level: number })[] = [];
  for (const i of order) {
    const [sign, level] = [signs[i]!, levels[i]!];
    const rightToLeft = level % 2 === 1;
    const last = runs.at(-1);
    if (last?.level !== level) runs.push({ text: sign, rightToLeft, level });
    // A font turns a right-to-left run around by itself, so it gets the text as it is read.
    else last.text = rightToLeft ? sign + last.text : last.text + sign;
  }
  return runs.map(({ text, rightToLeft }) => ({ text, rightToLeft }));
}

/** 0: left to right; 1: right to left; 2: left to right within right to left. */
function levelsOf(signs: readonly string[]): number[] {
  const first = signs.find((sign) => RIGHT_TO_LEFT.test(sign) || LETTER.test(sign)) ?? '';
  const base = RIGHT_TO_LEFT.test(first) ? 1 : 0;
  const levels: (number | undefined)[] = signs.map((sign) => {
    // Arabic digits carry the script Arabic or Common, and are written from left to right either way.
    if (DIGIT.test(sign)) return base === 1 ? 2 : 0;
    if (RIGHT_TO_LEFT.test(sign)) return 1;
    return LETTER.test(sign) ? base * 2 : undefined;
  });
  for (const [i, sign] of signs.entries()) if (i > 0 && MARK.test(sign)) levels[i] = levels[i - 1];
  return levels.map((level, i) => {
    if (level !== undefined) return level;
    const before = levels.slice(0, i).findLast((other) => other !== undefined) ?? base;
    const after = levels.slice(i + 1).find((other) => other !== undefined) ?? base;
    return before === after ? before : base;
  });
}
