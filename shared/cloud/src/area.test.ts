import { describe, expect, it } from 'vitest';
import { areaOf, edgeOf, isInside, pixelMap, shapeCoverage } from './area.ts';
import { SHAPES, type ShapeName } from './shapes.ts';

const grid = { width: 300, height: 200, cell: 2, columns: 150, rows: 100 };
const shapeArea = (shape: ShapeName) => areaOf(shapeCoverage(shape, grid), grid, edgeOf(grid));

describe('shapes', () => {
  it.each(SHAPES)('%s – takes a good part of the picture, and leaves its edge free', (shape) => {
    const area = shapeArea(shape);
    expect(area.cells / (grid.columns * grid.rows)).toBeGreaterThan(0.15);
    for (let x = 0; x < grid.columns; x++) expect(area.inside[x]! + area.inside[99 * 150 + x]!).toBe(0);
    for (let y = 0; y < grid.rows; y++) expect(area.inside[y * 150]! + area.inside[y * 150 + 149]!).toBe(0);
  });

  it('a rectangle – is all of the picture but its edge', () => {
    expect(shapeArea('rectangle').cells).toBe(148 * 98);
  });
});

describe('isInside', () => {
  it('pixels – belong to their cell, beyond the grid none is inside', () => {
    const map = pixelMap({ width: 2, height: 1, inside: Uint8Array.from([0, 1]), cells: 1, centerX: 1, centerY: 0 }, 3);
    expect([2, 3, 5, 6, -1].map((x) => isInside(map, x, 0))).toEqual([false, true, true, false, false]);
    expect([isInside(map, 4, 2), isInside(map, 4, 3), isInside(map, 4, -1)]).toEqual([true, false, false]);
  });
});
