import { describe, expect, it } from 'vitest';
import { type Ground, type Measure, placeWords, type SketchOptions } from './sketch.ts';

const WORDS = Array.from({ length: 40 }, (_, i) => ({ word: 'abcdefghij'.slice(0, 3 + (i % 7)), count: 60 - i }));
const measure: Measure = (word) => ({ width: word.length * 0.6, height: 0.9, baseline: 0.3 });
const OPTIONS: SketchOptions = { rotation: 'mixed', scaling: 'sqrt', seed: 7 };

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
