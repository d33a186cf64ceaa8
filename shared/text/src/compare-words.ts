/** Two texts side by side: which words does one have more of, and is that more than chance? */
import { logLikelihood } from './log-likelihood.ts';
import { fold } from './stop-words.ts';
import type { CountResult } from './word-filter.ts';

export interface ComparedWord {
  word: string;
  /** How often, in each text. */
  a: number;
  b: number;
  /** Binary logarithm of how many times more frequent the word is in a than in b; 1 is twice, -1 half. */
  logRatio: number;
  /** Dunning's G²: above 15.13 such a difference comes by chance in one of 10,000 words that do not differ. */
  g2: number;
}

/** Stands for a count of nothing, which has no logarithm. */
const SMOOTHING = 0.5;

/**
 * Compares relative frequencies, so that the texts may differ in length. A word that one text lacks is counted there as half a
 * word, as A. Hardie proposes for his Log Ratio (Log Ratio: an informal introduction, CASS, Lancaster, 2014), but never as more
 * frequent there than in the other, which half a word of a short text would be; significance is
 * P. Rayson and R. Garside's use of G² (Comparing corpora using frequency profiling, ACL workshop, 2000), over all four cells.
 *
 * @param a counted with the same options as `b`
 * @returns the words of both, the surest differences first, ties in the order of code units
 * @example
 * compareWords(countWords(mine, options), countWords(yours, options));
 * // [{ word: 'ship', a: 12, b: 1, logRatio: 3.6, g2: 11.2 }, …]
 */
export function compareWords(a: CountResult, b: CountResult): ComparedWord[] {
  const counts = new Map<string, { word: string; a: number; b: number }>();
  for (const { word, count } of a.words) counts.set(fold(word), { word, a: count, b: 0 });
  for (const { word, count } of b.words) {
    const known = counts.get(fold(word));
    if (known === undefined) counts.set(fold(word), { word, a: 0, b: count });
    else Object.assign(known, { b: count, word: count > known.a ? word : known.word });
  }
  const [totalA, totalB] = [sizeOf(a), sizeOf(b)];
  const compared = Array.from(counts.values(), (entry) => ({
    ...entry,
    logRatio: logRatio(entry, totalA, totalB),
    g2: logLikelihood(entry.a, entry.a + entry.b, totalA, totalA + totalB),
  }));
  return compared.sort((x, y) => y.g2 - x.g2 || (x.word < y.word ? -1 : 1));
}

function logRatio({ a, b }: { a: number; b: number }, totalA: number, totalB: number): number {
  const ratio = Math.log2((a || SMOOTHING) / totalA / ((b || SMOOTHING) / totalB));
  if (a === 0) return Math.min(0, ratio);
  return b === 0 ? Math.max(0, ratio) : ratio;
}

/** In words; at least one, so that an empty text can be compared, too. */
function sizeOf({ tokens, words }: CountResult): number {
  return Math.max(
    1,
    tokens,
    words.reduce((sum, { count }) => sum + count, 0),
  );
}
