/**
 * The picture while it is painted, one byte a pixel: 0 is background, others stand for a colour at one of 31 strengths.
 * Painting is also the proof that no two words touch: a word that meets a painted pixel is taken back and refused.
 */
import type { Rgb } from './palettes.ts';
import { boxOf, type Placement, type Stamp } from './sprite.ts';

/** Strengths of a colour, for smooth edges. With 8 colours they fit into a byte. */
export const STRENGTHS = 31;
/** Stands for a pixel whose colour is in `colors`: emoji. */
export const OWN_COLOR = 255;
/** Pixels that are drawn and read at once. */
const STRIP_PIXELS = 400_000;

export class Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
  /** RGBA, only where a word brings its own colours. */
  colors: Uint8Array | undefined;
  /** Painted pixels. */
  ink = 0;
  readonly #stamp: Stamp;
  #written: number[] = [];

  constructor(width: number, height: number, stamp: Stamp) {
    this.width = width;
    this.height = height;
    this.pixels = new Uint8Array(width * height);
    this.#stamp = stamp;
  }

  /**
   * Paints a word with its centre at (x, y), in pixels.
   *
   * @param color index of the colour; ignored for emoji
   * @returns false when it would touch another word or leave the picture: then nothing is painted
   */
  paint(placement: Placement, x: number, y: number, color: number): boolean {
    const box = boxOf(placement);
    const left = Math.floor(x - box.width / 2) - 1;
    const top = Math.floor(y - box.height / 2) - 1;
    const width = Math.ceil(box.width) + 3;
    const height = Math.ceil(box.height) + 3;
    const ownColors = placement.shape.outline === undefined;
    if (ownColors) this.colors ??= new Uint8Array(this.pixels.length * 4);
    this.#written = [];
    const rows = Math.max(1, Math.floor(STRIP_PIXELS / width));
    for (let from = 0; from < height; from += rows) {
      const count = Math.min(rows, height - from);
      const data = this.#stamp.draw(placement, width, count, x - left, y - top - from);
      if (!this.#paintStrip(data, left, top + from, width, count, color, ownColors)) {
        for (const at of this.#written) this.pixels[at] = 0;
        return false;
      }
    }
    this.ink += this.#written.length;
    return true;
  }

  #paintStrip(
    data: Uint8ClampedArray,
    left: number,
    top: number,
    width: number,
    height: number,
    color: number,
    ownColors: boolean,
  ): boolean {
    const { pixels, colors } = this;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const from = (y * width + x) * 4;
        const alpha = data[from + 3]!;
        if (alpha === 0) continue;
        const [px, py] = [left + x, top + y];
        const at = py * this.width + px;
        if (px < 0 || py < 0 || px >= this.width || py >= this.height || pixels[at] !== 0) return false;
        this.#written.push(at);
        if (ownColors) {
          pixels[at] = OWN_COLOR;
          colors!.set(data.subarray(from, from + 4), at * 4);
        } else pixels[at] = color * STRENGTHS + Math.ceil((alpha * STRENGTHS) / 255);
      }
    }
    return true;
  }
}

/** Colour and opacity that a pixel value stands for. */
export function meaningOf(pixel: number, colors: readonly Rgb[]): { rgb: Rgb; alpha: number } {
  const [index, strength] = [Math.floor((pixel - 1) / STRENGTHS), ((pixel - 1) % STRENGTHS) + 1];
  return { rgb: colors[index]!, alpha: strength / STRENGTHS };
}
