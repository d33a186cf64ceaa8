import { describe, expect, it } from 'vitest';
import { type Measure, placeWords, type SketchOptions } from './sketch.ts';
import type { Ground } from './sketch-ground.ts';
import { repeatWords, sharesOf } from './sketch-sizes.ts';

const WORDS = Array.from({ length: 40 }, (_, i) => ({ word: 'abcdefghij'.slice(0, 3 + (i % 7)), count: 60 - i }));
const measure: Measure = (word) => ({ width: word.length * 0.6, height: 0.9, baseline: 0.3 });
const OPTIONS: SketchOptions = {
  rotation: 'mixed',
  angles: [],
  scaling: 'sqrt',
  strict: false,
  margin: 0,
  least: 0,
  most: Number.POSITIVE_INFINITY,
  seed: 7,
};

function ground(width: number, height: number, isInside: (x: number, y: number) => boolean): Ground {
  const inside = Uint8Array.from({ length: width * height }, (_, i) =>
    Number(isInside(i % width, Math.floor(i / width))),
  );
  return { width, height, inside };
}
const RECTANGLE = ground(240, 160, () => true);
const CIRCLE = ground(200, 200, (x, y) => Math.hypot(x - 100, y - 100) < 95);

describe('placeWords', () => {
  it.each(['none', 'mixed', 'slight', 'free'])('rotation %s – no two boxes overlap', (rotation) => {
    for (let seed = 0; seed < 20; seed++) {
      const placed = placeWords(WORDS, RECTANGLE, measure, { ...OPTIONS, rotation, seed });
      expect(placed.length).toBeGreaterThan(20);
      for (const [i, a] of placed.entries()) {
        for (const b of placed.slice(i + 1)) {
          const apart = Math.abs(a.x - b.x) * 2 >= a.width + b.width || Math.abs(a.y - b.y) * 2 >= a.height + b.height;
          expect(apart, `${a.word} and ${b.word}, seed ${seed}`).toBe(true);
        }
      }
    }
  });

  it('every box – wholly inside of the shape', () => {
    const placed = placeWords(WORDS, CIRCLE, measure, OPTIONS);
    expect(placed.length).toBeGreaterThan(15);
    for (const { x, y, width, height } of placed) {
      for (const [dx, dy] of [
        [-1, -1],
        [1, -1],
        [-1, 1],
        [1, 1],
      ] as const) {
        expect(Math.hypot(x + (dx * width) / 2 - 100, y + (dy * height) / 2 - 100)).toBeLessThan(97);
      }
    }
  });

  it('a more frequent word is never smaller', () => {
    const sizes = placeWords(WORDS, RECTANGLE, measure, OPTIONS).map(({ fontSize }) => fontSize);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  });

  it.each(['linear', 'sqrt', 'log', 'rank'])('exact sizes, %s – each word is as large as its count says', (scaling) => {
    const placed = placeWords(WORDS, RECTANGLE, measure, { ...OPTIONS, scaling, strict: true });
    expect(placed.length).toBeGreaterThan(5);
    const shares = sharesOf(WORDS, scaling);
    const shareOf = new Map(WORDS.map(({ word, count }, i) => [`${word} ${count}`, shares[i]!]));
    const unit = placed[0]!.fontSize / shareOf.get(`${placed[0]!.word} ${placed[0]!.count}`)!;
    for (const { word, count, fontSize } of placed) {
      expect(fontSize / shareOf.get(`${word} ${count}`)!, word).toBeCloseTo(unit);
    }
  });

  it('angles – one of the list for each word, the first, too', () => {
    const placed = placeWords(WORDS, RECTANGLE, measure, { ...OPTIONS, angles: [-45, 45] });
    expect(new Set(placed.map(({ angle }) => angle))).toEqual(new Set([-45, 45]));
  });

  it('smallest and largest type – no word beyond, and none smaller', () => {
    const placed = placeWords(WORDS, RECTANGLE, measure, { ...OPTIONS, least: 9, most: 14 });
    const sizes = placed.map(({ fontSize }) => fontSize);
    expect(Math.max(...sizes)).toBe(14);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(9);
  });

  it('a distance – lies between any two boxes', () => {
    const placed = placeWords(WORDS, RECTANGLE, measure, { ...OPTIONS, rotation: 'none', margin: 8 });
    expect(placed.length).toBeGreaterThan(5);
    for (const [i, a] of placed.entries()) {
      const { width, height } = { width: a.word.length * 0.6 * a.fontSize, height: 0.9 * a.fontSize };
      for (const b of placed.slice(i + 1)) {
        const across = Math.abs(a.x - b.x) - (width + b.word.length * 0.6 * b.fontSize) / 2;
        const down = Math.abs(a.y - b.y) - (height + 0.9 * b.fontSize) / 2;
        expect(Math.max(across, down)).toBeGreaterThanOrEqual(8 - 1e-9);
      }
    }
  });

  it('copies – fill what room is left, smaller than every word', () => {
    const words = WORDS.slice(0, 12);
    const placed = placeWords(repeatWords(words, 100), RECTANGLE, measure, OPTIONS);
    expect(placed.length).toBeGreaterThan(40);
    const least = placed[words.length - 1]!.fontSize;
    for (const { fontSize } of placed.slice(words.length)) expect(fontSize).toBeLessThanOrEqual(least);
    expect(repeatWords([], 100)).toEqual([]);
  });

  it('the seed – decides', () => {
    const once = placeWords(WORDS, RECTANGLE, measure, OPTIONS);
    expect(placeWords(WORDS, RECTANGLE, measure, OPTIONS)).toEqual(once);
    expect(placeWords(WORDS, RECTANGLE, measure, { ...OPTIONS, seed: 8 })).not.toEqual(once);
  });

  it('no words, no room – nothing, without an error', () => {
    expect(placeWords([], RECTANGLE, measure, OPTIONS)).toEqual([]);
    expect(
      placeWords(
        WORDS,
        ground(50, 50, () => false),
        measure,
        OPTIONS,
      ),
    ).toEqual([]);
  });
});
