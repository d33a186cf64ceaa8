import { expect, it } from 'vitest';
import { compareWords } from './compare-words.ts';
import { weighCompared } from './weigh-compared.ts';

const counted = (tokens: number, counts: Record<string, number>) => ({
  lang: 'en',
  tokens,
  words: Object.entries(counts).map(([word, count]) => ({ word, count, pos: null })),
});

it('two texts of different lengths – as frequent together as each alone, orange for the first, blue for the second', () => {
  const [first, second] = [counted(100, { ship: 10, sea: 5, whale: 5 }), counted(1_000, { ship: 100, tea: 80 })];
  const words = weighCompared(compareWords(first, second), first, second);
  expect(words.map(({ word, weight }) => [word, weight])).toEqual([
    ['ship', 100],
    ['tea', 40],
    ['sea', 25],
    ['whale', 25],
  ]);
  const colors = Object.fromEntries(words.map(({ word, color }) => [word, color]));
  expect(colors).toEqual({ ship: '#7d7d7d', tea: '#0b559f', sea: '#b3400a', whale: '#b3400a' });
});

it('an empty text beside another – its words are all there', () => {
  const [first, second] = [counted(0, {}), counted(10, { tea: 2 })];
  expect(weighCompared(compareWords(first, second), first, second)).toMatchObject([{ word: 'tea', weight: 100 }]);
});
