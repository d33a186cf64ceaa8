/** Draws single words into windows of pixels, or of cells of the grid: what layout and painting both stand on. */
import type { Outline } from './outline.ts';
import { Rasterizer } from './rasterize.ts';
import type { WordShape } from './word-shape.ts';

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

export class Stamp {
  readonly #rasterizer = new Rasterizer();

  /**
   * Draws an outline of a word with the centre of the word's ink at (x, y) of the window, which must be wide enough for it.
   *
   * @returns 0 to 255 for each pixel; valid until the next word is drawn
   */
  draw(outline: Outline, { size, angle }: Placement, width: number, height: number, x: number, y: number): Uint8Array {
    return this.#rasterizer.cover(outline, { scaleX: size, scaleY: size, angle, x, y }, width, height);
  }
}
