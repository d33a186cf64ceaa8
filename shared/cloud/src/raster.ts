/**
 * The picture while it is painted, one byte a pixel: 0 is background, others stand for a colour at one of 31 strengths.
 * Painting is also the proof that no two words touch: a word that meets a painted pixel is taken back and refused.
 */
import type { Rgb } from './palettes.ts';
import { boxOf, type Picture, type Placement, type Stamp } from './stamp.ts';

/** Strengths of a colour, for smooth edges. With 8 colours they fit into a byte. */
export const STRENGTHS = 31;
/** Stands for a pixel whose colour is in `colors`: emoji. */
export const OWN_COLOR = 255;

/** Coverage (0 to 255) as a strength. Less than half of the weakest is not seen, and not painted. */
const STRENGTH_OF = Uint8Array.from({ length: 256 }, (_, coverage) => Math.round((coverage * STRENGTHS) / 255));

/** A large word is drawn in strips of so many pixels. */
const STRIP_PIXELS = 1 << 20;

export interface PaintedWord {
  placement: Placement;
  /** Centre of the ink, in pixels. */
  x: number;
  y: number;
  /** Index of the colour; emoji bring their own. */
  color: number;
}

export class Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
  /** RGBA, only where a word brings its own colours. */
  colors: Uint8Array | undefined;
  /** Painted pixels. */
  ink = 0;
  readonly #stamp: Stamp;
  /** Where the word that is being painted has been painted so far. */
  #written = new Uint32Array(1 << 16);
  #count = 0;

  constructor(width: number, height: number, stamp: Stamp) {
    this.width = width;
    this.height = height;
    this.pixels = new Uint8Array(width * height);
    this.#stamp = stamp;
  }

  /** @returns false when the word would touch another one or leave the picture: then nothing is painted */
  paint(word: PaintedWord): boolean {
    const { placement, x, y } = word;
    const box = boxOf(placement);
    const left = Math.floor(x - box.width / 2) - 1;
    const top = Math.floor(y - box.height / 2) - 1;
    const [width, height] = [Math.ceil(box.width) + 3, Math.ceil(box.height) + 3];
    const rows = Math.max(1, Math.floor(STRIP_PIXELS / width));
    this.#count = 0;
    for (let from = 0; from < height; from += rows) {
      const picture = this.#stamp.draw(placement, width, Math.min(rows, height - from), x - left, y - top - from);
      if (!this.#paintStrip(picture, left, top + from, word.color)) {
        for (let i = 0; i < this.#count; i++) this.pixels[this.#written[i]!] = 0;
        return false;
      }
    }
    this.ink += this.#count;
    return true;
  }

  #paintStrip({ width, height, coverage, colors }: Picture, left: number, top: number, color: number): boolean {
    const { pixels } = this;
    if (colors) this.colors ??= new Uint8Array(pixels.length * 4);
    const base = color * STRENGTHS;
    for (let y = 0, from = 0; y < height; y++) {
      const to = (top + y) * this.width + left;
      for (let x = 0; x < width; x++, from++) {
        const strength = STRENGTH_OF[coverage[from]!]!;
        if (strength === 0) continue;
        const isInside = left + x >= 0 && left + x < this.width && top + y >= 0 && top + y < this.height;
        if (!isInside || pixels[to + x] !== 0) return false;
        this.#remember(to + x);
        pixels[to + x] = colors ? OWN_COLOR : base + strength;
        if (colors) this.colors!.set(colors.subarray(from * 4, from * 4 + 4), (to + x) * 4);
      }
    }
    return true;
  }

  #remember(pixel: number): void {
    if (this.#count === this.#written.length) {
      const larger = new Uint32Array(this.#written.length * 2);
      larger.set(this.#written);
      this.#written = larger;
    }
    this.#written[this.#count++] = pixel;
  }
}

/** Colour and opacity that a pixel value stands for. */
export function meaningOf(pixel: number, colors: readonly Rgb[]): { rgb: Rgb; alpha: number } {
  const [index, strength] = [Math.floor((pixel - 1) / STRENGTHS), ((pixel - 1) % STRENGTHS) + 1];
  return { rgb: colors[index]!, alpha: strength / STRENGTHS };
}
