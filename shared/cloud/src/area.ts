/** The cells that words may take: those that lie inside of a shape, a text or a mask. */
import { type Outline, parsePathData } from './outline.ts';
import { Rasterizer, type Transform } from './rasterize.ts';
import { type ShapeName, shapeIn } from './shapes.ts';

/** A picture, and the cells into which the layout divides it. */
export interface Grid {
  /** Pixels. */
  width: number;
  height: number;
  /** Pixels of a cell's side. */
  cell: number;
  columns: number;
  rows: number;
}

export interface Area {
  /** Cells. */
  width: number;
  height: number;
  /** 1 for each cell that words may take. */
  inside: Uint8Array;
  cells: number;
  /** Centre of all inside cells. */
  centerX: number;
  centerY: number;
}

/** Empty edge of a picture without mask, as a share of its mean side. */
const EDGE = 0.008;

/** How much of each cell lies inside, 0 to 255, row after row. */
export type Coverage = Uint8Array;

/** How much of each cell an outline covers, drawn where the transform says, in cells. */
export function outlineCoverage(outline: Outline, transform: Transform, { columns, rows }: Grid): Coverage {
  // Two columns more: an outline must not touch the right edge of the window.
  const stride = columns + 2;
  const covered = new Rasterizer().cover(outline, transform, stride, rows);
  const coverage = new Uint8Array(columns * rows);
  for (let y = 0; y < rows; y++) coverage.set(covered.subarray(y * stride, y * stride + columns), y * columns);
  return coverage;
}

/** @param inset pixels that are left free on each side */
export function shapeCoverage(name: ShapeName, grid: Grid, inset = 0): Coverage {
  const { width, height, cell } = grid;
  const { path, x, y, ...transform } = shapeIn(name, (width - 2 * inset) / cell, (height - 2 * inset) / cell);
  const moved = { ...transform, angle: 0, x: x + inset / cell, y: y + inset / cell };
  return outlineCoverage(parsePathData(path), moved, grid);
}

/** Cells at the edge of the picture that stay empty where there is no mask. */
export const edgeOf = ({ width, height, cell }: Grid): number =>
  Math.max(1, Math.round((Math.sqrt(width * height) * EDGE) / cell));

/**
 * Only cells that lie wholly inside.
 *
 * @param edge cells at the edge of the picture that are outside
 * @param isBarred cells that are outside although they are covered
 */
export function areaOf(
  coverage: Coverage,
  { columns, rows }: Grid,
  edge = 0,
  isBarred?: (column: number, row: number) => boolean,
): Area {
  const inside = new Uint8Array(columns * rows);
  let [cells, sumX, sumY] = [0, 0, 0];
  for (let y = edge; y < rows - edge; y++) {
    for (let x = edge; x < columns - edge; x++) {
      const at = y * columns + x;
      if (coverage[at] !== 255 || isBarred?.(x, y)) continue;
      inside[at] = 1;
      cells++;
      sumX += x;
      sumY += y;
    }
  }
  return { width: columns, height: rows, inside, cells, centerX: sumX / cells, centerY: sumY / cells };
}

/** Finds the cell of a pixel; pixels beyond the grid have none. */
export interface PixelMap {
  /** 1 for each cell that may be painted, row after row. */
  inside: Uint8Array;
  columnOf: Int32Array;
  /** Index of the first cell of a pixel's row. */
  rowOf: Int32Array;
}

/** @param cell pixels of a cell */
export function pixelMap({ width, height, inside }: Area, cell: number): PixelMap {
  return {
    inside,
    columnOf: Int32Array.from({ length: width * cell }, (_, x) => Math.floor(x / cell)),
    rowOf: Int32Array.from({ length: height * cell }, (_, y) => Math.floor(y / cell) * width),
  };
}

/** May this pixel be painted? */
export function isInside({ inside, columnOf, rowOf }: PixelMap, x: number, y: number): boolean {
  const [column, row] = [columnOf[x], rowOf[y]];
  return column !== undefined && row !== undefined && inside[row + column] === 1;
}
