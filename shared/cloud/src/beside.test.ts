import { expect, it } from 'vitest';
import { createNeighbours } from './beside.ts';
import type { LaidOut } from './layout-types.ts';

/** A word five ems wide and one high. */
const word = (x: number, y: number, angle = 0, size = 10) =>
  ({ item: { shape: { width: 5, height: 1 } }, x, y, size, angle }) as unknown as LaidOut;

it.each<[string, LaidOut, boolean]>([
  ['right beside it', word(52, 0), true],
  ['a little higher', word(52, 4), true],
  ['to its left', word(-52, 0), true],
  ['a blank away', word(56, 0), false],
  ['below it', word(0, 11), false],
  ['half a line lower', word(52, 6), false],
  ['upright beside it', word(32, 0, -90), false],
])('a word %s – %#', (_name, other, expected) => {
  const neighbours = createNeighbours();
  expect(neighbours(word(0, 0))).toEqual([]);
  expect(neighbours(other)).toEqual(expected ? [0] : []);
});

it('upright words – one above the other', () => {
  const neighbours = createNeighbours();
  neighbours(word(0, 0, -90));
  expect(neighbours(word(0, 52, -90))).toEqual([0]);
  expect(neighbours(word(12, 0, -90))).toEqual([]);
});
