/** How large the words of the sketch are beside each other, and copies of them that fill the shape. */
import type { WordCount } from './count-words.ts';

/** With `rank`, the last rank has this share of the first one's size; the engine does the same. */
const LAST_RANK = 0.12;

/** How large each word is beside the largest, above 0 to 1. @param words the most frequent first */
export function sharesOf(words: readonly WordCount[], scaling: string): number[] {
  const most = words[0]?.count ?? 1;
  if (scaling === 'rank') {
    const rankOf = new Map([...new Set(words.map(({ count }) => count))].map((count, rank) => [count, rank]));
    const step = (1 - LAST_RANK) / Math.max(1, rankOf.size - 1);
    return words.map(({ count }) => 1 - rankOf.get(count)! * step);
  }
  return words.map(({ count }) => {
    if (scaling === 'linear') return count / most;
    if (scaling === 'log') return Math.log1p(count) / Math.log1p(most);
    return Math.sqrt(count / most);
  });
}

/** The words, and then smaller and smaller copies of them. @param most words with their copies */
export function repeatWords(words: readonly WordCount[], most: number): WordCount[] {
  const all = [...words];
  for (let least = words.at(-1)?.count ?? 0; least > 0 && all.length < most; ) {
    least *= 0.6;
    for (const { word } of words) all.push({ word, count: least });
  }
  return all.slice(0, most);
}
