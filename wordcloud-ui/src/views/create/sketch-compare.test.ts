import { expect, it } from 'vitest';
import { COMPARISON_COLORS } from './palettes.ts';
import { compareCounts } from './sketch-compare.ts';

const first = [
  { word: 'tea', count: 40 },
  { word: 'cup', count: 10 },
];
const second = [
  { word: 'coffee', count: 4 },
  { word: 'cup', count: 1 },
];

it('compareCounts – whatever the lengths: the first has the first colours, the second the last, what is alike is grey', () => {
  const { words, colorOf } = compareCounts(first, second, 10);
  expect(colorOf.get('tea')).toBe(COMPARISON_COLORS[0]);
  expect(colorOf.get('cup')).toBe(COMPARISON_COLORS[3]);
  expect(colorOf.get('coffee')).toBe(COMPARISON_COLORS.at(-1));
  expect(words.map(({ word, count }) => [word, Math.round(count)])).toEqual([
    ['tea', 400],
    ['coffee', 400],
    ['cup', 200],
  ]);
});

it('compareCounts – no more words than wished; of nothing, nothing', () => {
  expect(compareCounts(first, second, 2).words).toHaveLength(2);
  expect(compareCounts([], [], 2).words).toEqual([]);
});
