/** Draws single words into windows of pixels, or of cells of the grid: what layout and painting both stand on. */
import { drawEmoji, pixelsOf } from './emoji.ts';
import { Rasterizer } from './rasterize.ts';
import type { WordShape } from './word-shape.ts';

export interface Placement {
  shape: WordShape;
  /** Font size in units of the target: cells or pixels. */
  size: number;
  /** Degrees clockwise. */
  angle: number;
}

export interface Picture {
  width: number;
  height: number;
  /** 0 to 255 for each pixel; valid until the next word is drawn. */
  coverage: Uint8Array;
  /** RGBA, for emoji. */
  colors: Uint8ClampedArray | undefined;
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

  /** Draws a word with the centre of its ink at (x, y) of the window, which must be wide enough for it. */
  draw(placement: Placement, width: number, height: number, x: number, y: number): Picture {
    const { shape, size, angle } = placement;
    if (shape.outline !== undefined) {
      const transform = { scaleX: size, scaleY: size, angle, x, y };
      return {
        width,
        height,
        coverage: this.#rasterizer.cover(shape.outline, transform, width, height),
        colors: undefined,
      };
    }
    const colors = pixelsOf(drawEmoji({ emoji: shape.word, size, angle, width, height, x, y }));
    return {
      width,
      height,
      coverage: Uint8Array.from({ length: width * height }, (_, i) => colors[i * 4 + 3]!),
      colors,
    };
  }
}
