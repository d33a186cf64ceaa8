/** A word as cells of the grid: which cells have ink, as runs in rows. */
import { boxOf, type Placement, type Stamp } from './stamp.ts';

/** Horizontal runs of cells: x, y, length; x, y, length; … in the order of rows. */
export type Runs = Int32Array;

export interface Sprite {
  width: number;
  height: number;
  /** Where the centre of the ink lies in the sprite, in cells. */
  centerX: number;
  centerY: number;
  /** Cells with ink. */
  runs: Runs;
}

/** A cell in which there is any ink belongs to the word. */
export function makeSprite(stamp: Stamp, placement: Placement): Sprite {
  const box = boxOf(placement);
  // A cell more on each side: the box need not begin where a cell does.
  const [width, height] = [Math.ceil(box.width) + 2, Math.ceil(box.height) + 2];
  const coverage = stamp.draw(placement.shape.outline, placement, width, height, width / 2, height / 2);
  const runs = runsIn(coverage, width, height);
  return { width, height, centerX: width / 2, centerY: height / 2, runs };
}

/** Filled anew for each word. */
let found = new Int32Array(1 << 12);

function runsIn(coverage: Uint8Array, width: number, height: number): Runs {
  // In a row, each run but the last is followed by an empty cell.
  const most = 3 * height * ((width + 1) >> 1);
  if (found.length < most) found = new Int32Array(most * 2);
  let count = 0;
  for (let y = 0, at = 0; y < height; y++) {
    let start = -1;
    for (let x = 0; x <= width; x++) {
      const hasInk = x < width && coverage[at++] !== 0;
      if (hasInk === start >= 0) continue;
      if (hasInk) start = x;
      else {
        found[count++] = start;
        found[count++] = y;
        found[count++] = x - start;
        start = -1;
      }
    }
  }
  return found.slice(0, count);
}

/** One run for each row, from the first to the last cell: nothing gets into the counters of a word. */
export function hullOf(runs: Runs): Runs {
  const rows = new Map<number, [start: number, end: number]>();
  for (let i = 0; i < runs.length; i += 3) {
    const [x, y, length] = [runs[i]!, runs[i + 1]!, runs[i + 2]!];
    const row = rows.get(y);
    rows.set(y, row ? [Math.min(row[0], x), Math.max(row[1], x + length)] : [x, x + length]);
  }
  return Int32Array.from([...rows].flatMap(([y, [start, end]]) => [start, y, end - start]));
}
