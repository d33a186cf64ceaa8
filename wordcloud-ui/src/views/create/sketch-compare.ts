/** Two texts in one sketch: roughly as the engine compares them. */
import type { WordCount } from './count-words.ts';
import { COMPARISON_COLORS } from './palettes.ts';

/** Eight times as frequent has the strongest colour. */
const STRONGEST = 3;
/** Counted for a word that one of the texts has not. */
const SMOOTHING = 0.5;

export interface ComparedWords {
  /** The most frequent first; the count is the mean of both texts, of a thousand words. */
  words: WordCount[];
  colorOf: ReadonlyMap<string, string>;
}

export function compareCounts(first: readonly WordCount[], second: readonly WordCount[], most: number): ComparedWords {
  const [a, b] = [first, second].map((words) => new Map(words.map(({ word, count }) => [word, count]))) as [
    Map<string, number>,
    Map<string, number>,
  ];
  const total = (words: readonly WordCount[]) =>
    Math.max(
      1,
      words.reduce((sum, { count }) => sum + count, 0),
    );
  const [inFirst, inSecond] = [total(first), total(second)];
  const share = (counts: Map<string, number>, word: string, all: number) => (counts.get(word) ?? 0) / all;
  const words = [...new Set([...a.keys(), ...b.keys()])]
    .map((word) => ({ word, count: (share(a, word, inFirst) + share(b, word, inSecond)) * 500 }))
    .sort((x, y) => y.count - x.count)
    .slice(0, most);
  const colorOf = new Map(
    words.map(({ word }) => {
      const ratio = ((a.get(word) ?? SMOOTHING) * inSecond) / ((b.get(word) ?? SMOOTHING) * inFirst);
      const strength = Math.min(Math.max(Math.log2(ratio) / STRONGEST, -1), 1);
      return [word, COMPARISON_COLORS[Math.round(((1 - strength) / 2) * (COMPARISON_COLORS.length - 1))]!];
    }),
  );
  return { words, colorOf };
}
