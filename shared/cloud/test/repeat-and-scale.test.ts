import { describe, expect, it } from 'vitest';
import { makeCloud, SHAPES } from '../src/index.ts';
import { decode, judge } from './oracle.ts';
import { words } from './words.ts';

const CLEAN = { shared: 0, outside: 0 };
const SIZE = { width: 300, height: 220 };

describe('repeat', () => {
  it.each(['rectangle', 'heart'] as const)(
    '%s – fuller, each word listed once with its copies, no overlap',
    async (shape) => {
      const [once, filled] = [
        await makeCloud(words(8), { ...SIZE, shape }),
        await makeCloud(words(8), { ...SIZE, shape, repeat: true }),
      ];
      expect(filled.fill).toBeGreaterThan(once.fill);
      expect(filled.placed.map(({ word }) => word)).toEqual(words(8).map(({ word }) => word));
      const copies = filled.placed.reduce((sum, word) => sum + word.copies!, 0);
      expect(copies).toBe(filled.drawn.length);
      expect(copies).toBeGreaterThan(60);
      for (const { word, copies: count, fontSize } of filled.placed) {
        const drawn = filled.drawn.filter((one) => one.word === word);
        expect(drawn).toHaveLength(count!);
        for (const copy of drawn.slice(1)) expect(copy.fontSize).toBeLessThan(fontSize);
      }
      expect(await judge(filled)).toEqual(CLEAN);
      expect(once.placed[0]).not.toHaveProperty('copies');
    },
  );

  it('copies – have the colour of their word where colours mean something', async () => {
    for (const colorBy of ['rank', 'frequency'] as const) {
      const { drawn, placed } = await makeCloud(words(6), { ...SIZE, repeat: true, colorBy });
      const colorOf = new Map(placed.map(({ word, color }) => [word, color]));
      for (const { word, color } of drawn) expect(color).toBe(colorOf.get(word));
    }
  });

  it('strict – the words themselves stay proportional', async () => {
    const { placed, drawn } = await makeCloud(words(8), { ...SIZE, repeat: true, strict: true, scaling: 'linear' });
    for (const { weight, fontSize } of placed) expect(fontSize / placed[0]!.fontSize).toBeCloseTo(weight / 8, 6);
    expect(drawn.length).toBeGreaterThan(placed.length);
  });
});

describe('scale', () => {
  it.each([2, 3])('%i – the same layout, so many times as large', async (scale) => {
    for (const shape of SHAPES.slice(0, 4)) {
      const options = { ...SIZE, shape, contour: 2, seed: 4 };
      const [small, large] = [await makeCloud(words(60), options), await makeCloud(words(60), { ...options, scale })];
      expect([large.width, large.height]).toEqual([300 * scale, 220 * scale]);
      expect(large.placed.map(({ word }) => word)).toEqual(small.placed.map(({ word }) => word));
      for (const [i, { x, y, fontSize, angle, color }] of large.placed.entries()) {
        const word = small.placed[i]!;
        expect([x, y, angle, color]).toEqual([word.x * scale, word.y * scale, word.angle, word.color]);
        // A finer picture may find two words apart that share a pixel of the coarse one.
        expect(fontSize / scale / word.fontSize).toBeGreaterThan(0.9);
        expect(fontSize / scale / word.fontSize).toBeLessThan(1.1);
      }
      expect(large.contour!.width).toBe(2 * scale);
      expect(await judge(large)).toEqual(CLEAN);
      expect(await decode(large.png)).toMatchObject({ width: 300 * scale, height: 220 * scale });
      // Half covered pixels at the edges count as ink, and are fewer in a larger picture.
      expect(large.fill).toBeLessThan(small.fill);
      expect(large.fill).toBeGreaterThan(small.fill * 0.6);
    }
  });

  it.each([
    [{ scale: 9 }, 'scale: got 9; allowed is a whole number from 1 to 8.'],
    [{ scale: 1.5 }, 'scale: got 1.5'],
    [{ scale: 3, width: 4096, height: 4096 }, 'scale: got 3; allowed is a whole number from 1 to 2.'],
    [{ repeat: 'yes' }, 'repeat: got "yes"; allowed is true or false.'],
  ])('%j – INVALID_OPTION that names it', async (options, message) => {
    const making = makeCloud(words(3), options as never);
    await expect(making).rejects.toMatchObject({ code: 'INVALID_OPTION', message: expect.stringContaining(message) });
  });
});
