/** The ground of the sketch, and what is asked of it again and again. */

/** What words may cover, as a grid. */
export interface Ground {
  /** Cells, of which each is one unit of the sketch. */
  width: number;
  height: number;
  /** 1 for each cell inside of the shape, row after row. */
  inside: Uint8Array;
  /** Red, green, blue and alpha of each cell, where an image gives the ground. */
  colors?: Uint8ClampedArray;
}

/** How many inside cells lie left of and above each corner of the grid (Crow 1984), so that a box is asked in four steps. */
export function insideSums({ width, height, inside }: Ground): Uint32Array {
  const sums = new Uint32Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += inside[y * width + x]!;
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1]! + row;
    }
  }
  return sums;
}

/** The middle of the inside cells, whose number is `cells`. */
export function centerOf({ width, height, inside }: Ground, cells: number): { x: number; y: number } {
  if (cells === 0) return { x: width / 2, y: height / 2 };
  let [x, y] = [0, 0];
  for (let i = 0; i < inside.length; i++) {
    if (inside[i] === 0) continue;
    x += i % width;
    y += Math.floor(i / width);
  }
  return { x: x / cells, y: y / cells };
}

/** The cells that are inside, row after row. */
export function insideCells({ inside }: Ground): Uint32Array {
  const cells = new Uint32Array(inside.length);
  let count = 0;
  for (const [cell, isIn] of inside.entries()) if (isIn === 1) cells[count++] = cell;
  return cells.subarray(0, count);
}
