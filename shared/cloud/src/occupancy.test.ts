import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPlace } from './find-place.ts';
import { createOccupancy, type Occupancy, take, updateRow } from './occupancy.ts';
import type { Sprite } from './sprite.ts';

const isTaken = ({ bits, stride, height }: Occupancy, level: number, x: number, y: number) =>
  ((bits[(level * height + y) * stride + (x >> 5)]! >>> (x & 31)) & 1) === 1;

/** A grid of up to 80 by 20 cells with some taken, as it is after words were placed. */
const grids = fc
  .record({ width: fc.integer({ min: 1, max: 80 }), height: fc.integer({ min: 1, max: 20 }) })
  .chain(({ width, height }) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      blocked: fc.array(
        fc.record({ x: fc.nat(width - 1), y: fc.nat(height - 1), length: fc.integer({ min: 1, max: 12 }) }),
        { maxLength: 25 },
      ),
    }),
  );
const sprites = fc
  .array(fc.record({ x: fc.nat(20), y: fc.nat(6), length: fc.integer({ min: 1, max: 40 }) }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((runs): Sprite => {
    const width = Math.max(...runs.map(({ x, length }) => x + length));
    const height = Math.max(...runs.map(({ y }) => y)) + 1;
    return {
      width,
      height,
      centerX: width / 2,
      centerY: height / 2,
      runs: Int32Array.from(runs.flatMap(({ x, y, length }) => [x, y, length])),
    };
  });

function build({
  width,
  height,
  blocked,
}: {
  width: number;
  height: number;
  blocked: { x: number; y: number; length: number }[];
}) {
  const occupancy = createOccupancy(width, height, () => false);
  const cells = Array.from({ length: height }, () => new Array<boolean>(width).fill(false));
  for (const { x, y, length } of blocked) {
    take(occupancy, x, length, y, y);
    updateRow(occupancy, y);
    for (let i = x; i < Math.min(width, x + length); i++) cells[y]![i] = true;
  }
  return { occupancy, cells };
}

describe('occupancy', () => {
  it('levels – say whether any of the next 2^k cells is taken, beyond the edge all are', () => {
    fc.assert(
      fc.property(grids, (grid) => {
        const { occupancy, cells } = build(grid);
        for (let level = 0; level < occupancy.levels; level++) {
          for (let y = 0; y < grid.height; y++) {
            for (let x = 0; x < grid.width; x++) {
              const reach = x + (1 << level);
              const expected = reach > grid.width || cells[y]!.slice(x, reach).includes(true);
              expect(isTaken(occupancy, level, x, y)).toBe(expected);
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('findPlace', () => {
  it('any grid, word and goal – the nearest free place, as trying all of them finds it', () => {
    fc.assert(
      fc.property(
        grids,
        sprites,
        fc.integer({ min: -10, max: 90 }),
        fc.integer({ min: -5, max: 25 }),
        fc.constantFrom(1, 0.5),
        (grid, sprite, x, y, xWeight) => {
          const { occupancy, cells } = build(grid);
          const found = findPlace(occupancy, sprite, { x, y, xWeight });
          const distance = (px: number, py: number) =>
            ((px - Math.round(x - sprite.centerX)) * xWeight) ** 2 + (py - Math.round(y - sprite.centerY)) ** 2;
          let best = Number.POSITIVE_INFINITY;
          for (let py = 0; py + sprite.height <= grid.height; py++) {
            for (let px = 0; px + sprite.width <= grid.width; px++) {
              if (isFree(cells, sprite, px, py)) best = Math.min(best, distance(px, py));
            }
          }
          if (best === Number.POSITIVE_INFINITY) {
            expect(found).toBeUndefined();
            return;
          }
          expect(isFree(cells, sprite, found!.x, found!.y)).toBe(true);
          expect(distance(found!.x, found!.y)).toBe(best);
        },
      ),
      { numRuns: 500 },
    );
  });
});

function isFree(cells: boolean[][], { runs }: Sprite, x: number, y: number): boolean {
  for (let i = 0; i < runs.length; i += 3) {
    const start = x + runs[i]!;
    if (cells[y + runs[i + 1]!]!.slice(start, start + runs[i + 2]!).includes(true)) return false;
  }
  return true;
}
