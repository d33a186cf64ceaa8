import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hullOf, makeSprite, type Runs } from './sprite.ts';
import { Stamp } from './stamp.ts';
import { shapeOf } from './word-shape.ts';

const cellsOf = (runs: Runs) => {
  const cells = new Set<string>();
  for (let i = 0; i < runs.length; i += 3) {
    for (let x = 0; x < runs[i + 2]!; x++) cells.add(`${runs[i]! + x},${runs[i + 1]!}`);
  }
  return cells;
};

describe('makeSprite', () => {
  it('any word, size and angle – no pixel would be painted beyond the cells next to its own', () => {
    const stamp = new Stamp();
    fc.assert(
      fc.property(
        fc.constantFrom('Quilting', '国风', 'مدينة', 'g', '·'),
        fc.integer({ min: 4, max: 30 }),
        fc.integer({ min: -90, max: 90 }),
        fc.integer({ min: 1, max: 12 }),
        (word, size, angle, cell) => {
          const shape = shapeOf(word, 'sans-bold')!;
          const sprite = makeSprite(stamp, { shape, size, angle });
          const cells = cellsOf(sprite.runs);
          const [width, height] = [sprite.width * cell, sprite.height * cell];
          const placement = { shape, size: size * cell, angle };
          const [centerX, centerY] = [sprite.centerX * cell, sprite.centerY * cell];
          const coverage = stamp.draw(shape.outline, placement, width, height, centerX, centerY);
          for (let i = 0; i < width * height; i++) {
            // As the raster does: less than half of a 31st is not painted.
            if (Math.round((coverage[i]! * 31) / 255) === 0) continue;
            const [x, y] = [Math.floor((i % width) / cell), Math.floor(i / width / cell)];
            // Curves are bent a little differently in cells and in pixels; the margin between words makes up for it.
            const near = [-1, 0, 1].some((dy) => [-1, 0, 1].some((dx) => cells.has(`${x + dx},${y + dy}`)));
            expect(near).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('hullOf', () => {
  it('a row with gaps – becomes one run from its first to its last cell', () => {
    const runs = Int32Array.from([2, 0, 1, 6, 0, 2, 0, 1, 3, 9, 1, 1]);
    expect(Array.from(hullOf(runs))).toEqual([2, 0, 6, 0, 1, 10]);
  });
});
