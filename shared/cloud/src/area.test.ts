import { describe, expect, it } from 'vitest';
import { imageOf } from '../test/oracle.ts';
import { isInside, maskArea, pixelMap, shapeArea } from './area.ts';
import { SHAPES } from './shapes.ts';

const grid = { width: 300, height: 200, cell: 2, columns: 150, rows: 100 };

describe('shapeArea', () => {
  it.each(SHAPES)('%s – takes a good part of the picture, and leaves its edge free', (shape) => {
    const area = shapeArea(shape, grid);
    expect(area.cells / (grid.columns * grid.rows)).toBeGreaterThan(0.15);
    for (let x = 0; x < grid.columns; x++) expect(area.inside[x]! + area.inside[99 * 150 + x]!).toBe(0);
    for (let y = 0; y < grid.rows; y++) expect(area.inside[y * 150]! + area.inside[y * 150 + 149]!).toBe(0);
  });

  it('a rectangle – is all of the picture but its edge', () => {
    expect(shapeArea('rectangle', grid).cells).toBe(148 * 98);
  });
});

describe('maskArea', () => {
  it('a single light pixel – keeps its cell free', async () => {
    const mask = await imageOf(
      (context) => {
        context.fillRect(0, 0, 300, 200);
        context.fillStyle = 'white';
        context.fillRect(101, 51, 1, 1);
      },
      [300, 200],
    );
    const area = await maskArea(mask, grid);
    expect(area.cells).toBe(150 * 100 - 1);
    expect(area.inside[25 * 150 + 50]).toBe(0);
  });

  it('an image of another form – is fitted in, beside it is outside', async () => {
    const area = await maskArea(await imageOf((context) => context.fillRect(0, 0, 200, 200)), grid);
    expect([area.cells, area.centerX, area.centerY]).toEqual([100 * 100, 74.5, 49.5]);
  });
});

describe('isInside', () => {
  it('pixels – belong to their cell, beyond the grid none is inside', () => {
    const map = pixelMap({ width: 2, height: 1, inside: Uint8Array.from([0, 1]), cells: 1, centerX: 1, centerY: 0 }, 3);
    expect([2, 3, 5, 6, -1].map((x) => isInside(map, x, 0))).toEqual([false, true, true, false, false]);
    expect([isInside(map, 4, 2), isInside(map, 4, 3), isInside(map, 4, -1)]).toEqual([true, false, false]);
  });
});
