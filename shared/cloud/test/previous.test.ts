import { describe, expect, it } from 'vitest';
import { type Cloud, type CloudOptions, makeCloud, type PlacedWord, type WeightedWord } from '../src/index.ts';
import { judge } from './oracle.ts';
import { words as evenWords } from './words.ts';

const SIZE = { width: 600, height: 400 };
const DIAGONAL = Math.hypot(600, 400);

/** Weights as words of a text have them (Zipf). */
const words = (count: number): WeightedWord[] =>
  evenWords(count).map(({ word }, i) => ({ word, weight: Math.round(3000 / (i + 2)) }));

/** Mean way of the words that both have, as a share of the diagonal. */
function displacement(before: readonly PlacedWord[], after: readonly PlacedWord[]): number {
  const was = new Map(before.map((word) => [word.word, word]));
  const ways = after.flatMap(({ word, x, y }) => {
    const old = was.get(word);
    return old ? [Math.hypot(x - old.x, y - old.y)] : [];
  });
  return ways.reduce((sum, way) => sum + way, 0) / ways.length / DIAGONAL;
}

/** One word of twenty has a third more weight, one is new, and one is gone. */
const changed = (list: readonly WeightedWord[]): WeightedWord[] => [
  ...list.slice(0, -1).map((word, i) => (i % 20 === 7 ? { ...word, weight: word.weight * 1.3 } : word)),
  { word: 'newcomer', weight: list[list.length >> 1]!.weight },
];

describe('previous', () => {
  it('nothing has changed – the same picture', async () => {
    for (const count of [30, 150]) {
      const before = await makeCloud(words(count), SIZE);
      const after = await makeCloud(words(count), SIZE, { previous: before.placed });
      expect(displacement(before.placed, after.placed)).toBeLessThan(0.01);
      expect(after.placed.map(({ color }) => color)).toEqual(before.placed.map(({ color }) => color));
    }
  });

  it.each<[string, number, Partial<CloudOptions>]>([
    ['rectangle', 150, {}],
    ['heart', 120, { shape: 'heart' }],
    ['strict', 100, { strict: true }],
    ['free angles', 100, { rotation: 'free' }],
  ])(
    '%s, five of a hundred weights change – words stay where they were, and none is lost',
    async (_, count, options) => {
      const ways: { hinted: number; free: number }[] = [];
      for (const seed of [1, 2, 3]) {
        const chosen = { ...SIZE, ...options, seed };
        const before = await makeCloud(words(count), chosen);
        const list = changed(words(count));
        const after = await makeCloud(list, chosen, { previous: before.placed });
        const free: Cloud = await makeCloud(list, chosen);
        expect(after.placed.length + after.skipped.length).toBe(count);
        expect(after.skipped.length).toBeLessThanOrEqual(free.skipped.length);
        expect(after.fill).toBeGreaterThan(free.fill * 0.8);
        expect(await judge(after)).toEqual({ shared: 0, outside: 0 });
        ways.push({
          hinted: displacement(before.placed, after.placed),
          free: displacement(before.placed, free.placed),
        });
      }
      const mean = (key: 'hinted' | 'free') => ways.reduce((sum, way) => sum + way[key], 0) / ways.length;
      expect(mean('hinted')).toBeLessThan(options.strict ? 0.08 : 0.05);
      expect(mean('hinted')).toBeLessThan(mean('free') * 0.4);
    },
  );

  it('an earlier cloud of other words, of another size – changes nothing but places', async () => {
    const before = await makeCloud([{ word: 'other', weight: 1 }], SIZE);
    expect((await makeCloud(words(30), SIZE, { previous: before.placed })).placed).toEqual(
      (await makeCloud(words(30), SIZE)).placed,
    );
    const far = before.placed.map((word) => ({ ...word, word: 'tea0', x: 99_999, y: -5 }));
    const { placed, skipped } = await makeCloud(words(30), SIZE, { previous: far });
    expect([placed.length, skipped]).toEqual([30, []]);
  });
});
