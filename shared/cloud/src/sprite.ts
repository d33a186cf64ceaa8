/** A word as cells of the grid: drawn once, read back, and kept as runs of cells per row. */
import { type Canvas, createCanvas } from '@napi-rs/canvas';
import type { WordShape } from './word-shape.ts';

/** Horizontal runs of cells: x, y, length; x, y, length; … */
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

export interface Placement {
  shape: WordShape;
  /** Font size in units of the target: cells or pixels. */
  size: number;
  /** Degrees clockwise. */
  angle: number;
}

/** Size of the box that holds a turned word. */
export function boxOf({ shape, size, angle }: Placement): { width: number; height: number } {
  const radians = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.abs(Math.cos(radians)), Math.abs(Math.sin(radians))];
  const [width, height] = [shape.width * size, shape.height * size];
  return { width: width * cos + height * sin, height: width * sin + height * cos };
}

/**
 * Draws words one at a time on a canvas of its own, which is used again and again: fresh canvases would pile up memory
 * that only the event loop's turn gives back.
 */
export class Stamp {
  #canvas: Canvas = createCanvas(256, 256);

  /**
   * Draws a word so that the centre of its ink lies at (x, y), counted from the upper left corner of the tile.
   *
   * @returns the pixels (RGBA) of a tile of this size
   */
  draw({ shape, size, angle }: Placement, width: number, height: number, x: number, y: number): Uint8ClampedArray {
    if (this.#canvas.width < width || this.#canvas.height < height) {
      const side = (least: number, current: number) => Math.max(current, 2 ** Math.ceil(Math.log2(least)));
      this.#canvas = createCanvas(side(width, this.#canvas.width), side(height, this.#canvas.height));
    }
    const context = this.#canvas.getContext('2d');
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    context.translate(x, y);
    context.rotate((angle * Math.PI) / 180);
    context.scale(size, size);
    context.fillStyle = '#000';
    shape.draw(context);
    return context.getImageData(0, 0, width, height).data;
  }
}

/** A cell in which there is any ink belongs to the word. */
export function makeSprite(stamp: Stamp, placement: Placement): Sprite {
  const box = boxOf(placement);
  // One cell more on each side, for what smoothing spreads.
  const width = Math.ceil(box.width) + 2;
  const height = Math.ceil(box.height) + 2;
  const pixels = stamp.draw(placement, width, height, width / 2, height / 2);
  const runs: number[] = [];
  for (let y = 0; y < height; y++) {
    let start = -1;
    for (let x = 0; x <= width; x++) {
      const ink = x < width && pixels[(y * width + x) * 4 + 3]! > 0;
      if (ink && start < 0) start = x;
      if (!ink && start >= 0) {
        runs.push(start, y, x - start);
        start = -1;
      }
    }
  }
  return { width, height, centerX: width / 2, centerY: height / 2, runs: Int32Array.from(runs) };
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
