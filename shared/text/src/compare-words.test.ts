import { describe, expect, it } from 'vitest';
import { compareWords } from './compare-words.ts';
import { countWords } from './count-words.ts';
import type { CountResult } from './word-filter.ts';

const result = (tokens: number, counts: Record<string, number>): CountResult => ({
  lang: 'en',
  tokens,
  words: Object.entries(counts).map(([word, count]) => ({ word, count, pos: null })),
});

describe('compareWords', () => {
  it('relative frequencies – as a binary logarithm – whatever the lengths', () => {
    const [ship] = compareWords(result(1000, { ship: 40 }), result(2000, { ship: 10 }));
    expect(ship).toMatchObject({ word: 'ship', a: 40, b: 10 });
    expect(ship!.logRatio).toBeCloseTo(3, 12);
  });

  it("significance – Dunning's G² of the four cells", () => {
    // 2 · (110 ln(110/60) + 2442 ln(2442/2492) + 10 ln(10/60) + 2542 ln(2542/2492)), computed apart from the code.
    const [word] = compareWords(result(2552, { word: 110 }), result(2552, { word: 10 }));
    const expected =
      2 *
      (110 * Math.log(110 / 60) + 2442 * Math.log(2442 / 2492) + 10 * Math.log(10 / 60) + 2542 * Math.log(2542 / 2492));
    expect(word!.g2).toBeCloseTo(expected, 8);
    expect(word!.g2).toBeGreaterThan(15.13);
  });

  it('a word that one text lacks – counts half there', () => {
    const words = compareWords(result(100, { tea: 8 }), result(100, { rum: 4 }));
    expect(words.map(({ word, logRatio }) => [word, logRatio])).toEqual([
      ['tea', 4],
      ['rum', -3],
    ]);
  });

  it('a word that a short text lacks – is not called more frequent there', () => {
    const [short, long] = [result(10, { tea: 1 }), result(10_000, { tea: 1000, rum: 5 })];
    const ratioOf = (words: ReturnType<typeof compareWords>) => words.find(({ word }) => word === 'rum')!.logRatio;
    expect(ratioOf(compareWords(short, long))).toBe(0);
    expect(ratioOf(compareWords(long, short))).toBe(0);
  });

  it('the same text – no difference', () => {
    for (const { logRatio, g2 } of compareWords(result(50, { a: 3, b: 1 }), result(50, { a: 3, b: 1 }))) {
      expect([logRatio, g2]).toEqual([0, 0]);
    }
  });

  it('swapped – the other sign, the same significance', () => {
    const [a, b] = [result(70, { tea: 9, cup: 2 }), result(90, { tea: 3, pot: 5 })];
    const swapped = new Map(compareWords(b, a).map((word) => [word.word, word]));
    for (const { word, logRatio, g2 } of compareWords(a, b)) {
      expect(swapped.get(word)!.logRatio).toBeCloseTo(-logRatio, 12);
      expect(swapped.get(word)!.g2).toBeCloseTo(g2, 8);
    }
  });

  it('empty texts – compare, too', () => {
    expect(compareWords(result(0, {}), result(0, {}))).toEqual([]);
    expect(Number.isFinite(compareWords(result(0, {}), result(1, { a: 1 }))[0]!.logRatio)).toBe(true);
  });

  it('case – of two texts – is merged, shown as it is used more', () => {
    const options = { lang: 'en', words: 'all', minLength: 2, stopwords: [] } as const;
    const words = compareWords(countWords('a march', options), countWords('in March, in March', options));
    expect(words.map(({ word, a, b }) => [word, a, b])).toEqual([['March', 1, 2]]);
  });
});
