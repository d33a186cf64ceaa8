/**
 * The picture while it is painted, one byte a pixel: 0 is background, others stand for a colour at one of 31 strengths.
 * Painting is also the proof that no two words touch and that none leaves its area: a word that would is taken back.
 */
import { type Area, insideTest } from './area.ts';
import { emojiTiles } from './emoji.ts';
import type { Rgb } from './palettes.ts';
import { boxOf, type Placement, type Stamp } from './stamp.ts';

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
  readonly #isInside: (x: number, y: number) => boolean;
  /** One bit for each pixel of the word that is being painted, when it has emoji. */
  #own: Uint8Array | undefined;
  /** Where the word that is being painted has been painted so far. */
  #written = new Uint32Array(1 << 16);
  #count = 0;

  /** @param cell pixels of a cell of the area */
  constructor(width: number, height: number, stamp: Stamp, area: Area, cell: number) {
    this.width = width;
    this.height = height;
    this.pixels = new Uint8Array(width * height);
    this.#stamp = stamp;
    this.#isInside = insideTest(area, cell);
  }

  /** @returns false when the word would touch another one or leave its area: then nothing is painted */
  async paint(word: PaintedWord): Promise<boolean> {
    this.#count = 0;
    const isPainted = this.#paintLetters(word) && (await this.#paintEmoji(word));
    if (isPainted) this.ink += this.#count;
    else for (let i = 0; i < this.#count; i++) this.pixels[this.#written[i]!] = 0;
    if (this.#own) for (let i = 0; i < this.#count; i++) this.#own[this.#written[i]! >> 3] = 0;
    return isPainted;
  }

  #paintLetters({ placement, x, y, color }: PaintedWord): boolean {
    const { letters } = placement.shape;
    if (letters.commands.length === 0) return true;
    const box = boxOf(placement);
    const left = Math.floor(x - box.width / 2) - 1;
    const top = Math.floor(y - box.height / 2) - 1;
    const [width, height] = [Math.ceil(box.width) + 3, Math.ceil(box.height) + 3];
    const rows = Math.max(1, Math.floor(STRIP_PIXELS / width));
    for (let from = 0; from < height; from += rows) {
      const stripRows = Math.min(rows, height - from);
      const coverage = this.#stamp.draw(letters, placement, width, stripRows, x - left, y - top - from);
      if (!this.#paintStrip(coverage, width, stripRows, left, top + from, color * STRENGTHS)) return false;
    }
    return true;
  }

  #paintStrip(
    coverage: Uint8Array,
    width: number,
    height: number,
    left: number,
    top: number,
    firstOfColor: number,
  ): boolean {
    const { pixels } = this;
    for (let y = 0, from = 0; y < height; y++) {
      const row = (top + y) * this.width + left;
      for (let x = 0; x < width; x++, from++) {
        const strength = STRENGTH_OF[coverage[from]!]!;
        if (strength === 0) continue;
        // Inside of the area first: beyond the picture there is no pixel.
        if (!this.#isInside(left + x, top + y) || pixels[row + x] !== 0) return false;
        this.#remember(row + x);
        pixels[row + x] = firstOfColor + strength;
      }
    }
    return true;
  }

  async #paintEmoji({ placement, x, y }: PaintedWord): Promise<boolean> {
    const { shape, size, angle } = placement;
    if (shape.emoji.length === 0) return true;
    const radians = (angle * Math.PI) / 180;
    const [cos, sin] = [Math.cos(radians) * size, Math.sin(radians) * size];
    // Small letters and emoji of one word may share a pixel at their edges; that is no conflict.
    this.#own ??= new Uint8Array(Math.ceil(this.pixels.length / 8));
    const own = this.#own;
    for (let i = 0; i < this.#count; i++) own[this.#written[i]! >> 3]! |= 1 << (this.#written[i]! & 7);
    this.colors ??= new Uint8Array(this.pixels.length * 4);
    for (const part of shape.emoji) {
      const place = { size, angle, x: x + part.x * cos - part.y * sin, y: y + part.x * sin + part.y * cos };
      for await (const { left, top, width, height, colors } of emojiTiles(part.emoji, part.form, place)) {
        for (let at = 0; at < width * height; at++) {
          if (colors[at * 4 + 3] === 0) continue;
          const [pixelX, pixelY] = [left + (at % width), top + Math.floor(at / width)];
          const pixel = pixelY * this.width + pixelX;
          if (!this.#isInside(pixelX, pixelY)) return false;
          const bit = 1 << (pixel & 7);
          if (this.pixels[pixel] === 0) this.#remember(pixel);
          else if ((own[pixel >> 3]! & bit) === 0) return false;
          own[pixel >> 3]! |= bit;
          this.pixels[pixel] = OWN_COLOR;
          this.colors.set(colors.subarray(at * 4, at * 4 + 4), pixel * 4);
        }
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
