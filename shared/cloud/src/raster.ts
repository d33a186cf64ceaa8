/**
 * The picture while it is painted, a byte a pixel, or two where there are many colours: 0 is background, others stand for a colour
 * at one of 31 strengths.
 * Painting is also the proof that no two words touch and that none leaves its area: a word that would is taken back.
 */
import { type Area, isInside, type PixelMap, pixelMap } from './area.ts';
import { type Loop, visitNear } from './contour.ts';
import { emojiTiles } from './emoji.ts';
import type { Rgb } from './palettes.ts';
import { boxOf, type Placement, type Stamp } from './stamp.ts';

/** Strengths of a colour, for smooth edges. */
export const STRENGTHS = 31;
/** So many colours fit into a byte with all their strengths, and into two. */
const COLORS_OF_BYTE = 8;
export const MOST_COLORS = 2000;

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
  readonly pixels: Uint8Array | Uint16Array;
  /** Stands for a pixel whose colour is in `colors`: emoji. */
  readonly ownColor: number;
  /** RGBA, only where a word brings its own colours. */
  colors: Uint8Array | undefined;
  /** Painted pixels. */
  ink = 0;
  readonly #stamp: Stamp;
  readonly #map: PixelMap;
  /** One bit for each pixel of the word that is being painted, when it has emoji; and these pixels. */
  #own: Uint8Array | undefined;
  #written: number[] = [];

  /**
   * @param cell pixels of a cell of the area
   * @param colorCount at most MOST_COLORS
   */
  constructor(width: number, height: number, stamp: Stamp, area: Area, cell: number, colorCount: number) {
    this.width = width;
    this.height = height;
    const isSmall = colorCount <= COLORS_OF_BYTE;
    this.pixels = isSmall ? new Uint8Array(width * height) : new Uint16Array(width * height);
    this.ownColor = isSmall ? 0xff : 0xffff;
    this.#stamp = stamp;
    this.#map = pixelMap(area, cell);
  }

  /** Paints a line of this width, before all words: they must keep off it too. It may lie where no word may. */
  paintLine(loops: readonly Loop[], width: number, color: number): void {
    const reach = width / 2 + 0.5;
    visitNear(loops, reach, this.width, this.height, 1, (pixel, distance) => {
      const strength = STRENGTH_OF[Math.round(Math.min(1, reach - distance) * 255)]!;
      if (strength > 0) this.pixels[pixel] = Math.max(this.pixels[pixel]!, color * STRENGTHS + strength);
    });
  }

  /** @returns false when the word would touch another one or leave its area: then nothing is painted */
  async paint(word: PaintedWord): Promise<boolean> {
    const strips = stripsOf(word);
    for (const [index, strip] of strips.entries()) {
      const conflict = this.#paintStrip(this.#draw(word, strip), strip, word.color * STRENGTHS);
      if (conflict === NONE) continue;
      this.#erase(this.#draw(word, strip), strip, conflict);
      for (const earlier of strips.slice(0, index)) this.#erase(this.#draw(word, earlier), earlier);
      return false;
    }
    if (word.placement.shape.emoji.length === 0) return true;
    for (const strip of strips) visitInk(this.#draw(word, strip), strip, this.width, (pixel) => this.#takeOver(pixel));
    const isPainted = await this.#paintEmoji(word);
    for (const pixel of this.#written) {
      this.#own![pixel >> 3] = 0;
      if (!isPainted) this.pixels[pixel] = 0;
    }
    if (!isPainted) this.ink -= this.#written.length;
    this.#written = [];
    return isPainted;
  }

  #draw({ placement, x, y }: PaintedWord, { left, top, width, height }: Strip): Uint8Array {
    return this.#stamp.draw(placement.shape.letters, placement, width, height, x - left, y - top);
  }

  /** @returns where in the strip the first pixel lies that is taken or outside of the area, or NONE */
  #paintStrip(coverage: Uint8Array, { left, top, width, height }: Strip, firstOfColor: number): number {
    const { pixels } = this;
    const { inside, columnOf, rowOf } = this.#map;
    for (let y = 0, from = 0; y < height; y++) {
      const row = (top + y) * this.width + left;
      const cells = rowOf[top + y];
      for (let x = 0; x < width; x++, from++) {
        const covered = coverage[from]!;
        if (covered === 0) continue;
        const strength = STRENGTH_OF[covered]!;
        if (strength === 0) continue;
        const column = columnOf[left + x];
        // Inside of the area first: beyond the picture there is no pixel.
        if (cells === undefined || column === undefined || inside[cells + column] !== 1) return from;
        if (pixels[row + x] !== 0) return from;
        pixels[row + x] = firstOfColor + strength;
        this.ink++;
      }
    }
    return NONE;
  }

  /** Takes back what of a strip was painted before `end`. */
  #erase(coverage: Uint8Array, strip: Strip, end = Number.POSITIVE_INFINITY): void {
    visitInk(coverage, strip, this.width, (pixel, at) => {
      if (at >= end) return;
      this.pixels[pixel] = 0;
      this.ink--;
    });
  }

  async #paintEmoji({ placement, x, y }: PaintedWord): Promise<boolean> {
    const { shape, size, angle } = placement;
    const radians = (angle * Math.PI) / 180;
    const [cos, sin] = [Math.cos(radians) * size, Math.sin(radians) * size];
    this.colors ??= new Uint8Array(this.pixels.length * 4);
    for (const part of shape.emoji) {
      const place = { size, angle, x: x + part.x * cos - part.y * sin, y: y + part.x * sin + part.y * cos };
      for await (const { left, top, width, height, colors } of emojiTiles(part.emoji, part.form, place)) {
        for (let at = 0; at < width * height; at++) {
          if (colors[at * 4 + 3] === 0) continue;
          const [pixelX, pixelY] = [left + (at % width), top + Math.floor(at / width)];
          const pixel = pixelY * this.width + pixelX;
          if (!isInside(this.#map, pixelX, pixelY)) return false;
          if (this.pixels[pixel] === 0) {
            this.#takeOver(pixel);
            this.ink++;
          } else if (!this.#isOwn(pixel)) return false;
          this.pixels[pixel] = this.ownColor;
          this.colors.set(colors.subarray(at * 4, at * 4 + 4), pixel * 4);
        }
      }
    }
    return true;
  }

  /** Small letters and emoji of one word may share a pixel at their edges; that is no conflict. */
  #isOwn(pixel: number): boolean {
    return ((this.#own?.[pixel >> 3] ?? 0) & (1 << (pixel & 7))) !== 0;
  }

  #takeOver(pixel: number): void {
    this.#own ??= new Uint8Array(Math.ceil(this.pixels.length / 8));
    this.#own[pixel >> 3]! |= 1 << (pixel & 7);
    this.#written.push(pixel);
  }
}

/** A part of the picture, in pixels. */
interface Strip {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** No pixel of a strip is a conflict. */
const NONE = -1;

function stripsOf({ placement, x, y }: PaintedWord): Strip[] {
  if (placement.shape.letters.commands.length === 0) return [];
  const box = boxOf(placement);
  const left = Math.floor(x - box.width / 2) - 1;
  const top = Math.floor(y - box.height / 2) - 1;
  const [width, height] = [Math.ceil(box.width) + 3, Math.ceil(box.height) + 3];
  const rows = Math.max(1, Math.floor(STRIP_PIXELS / width));
  return Array.from({ length: Math.ceil(height / rows) }, (_, i) => ({
    left,
    top: top + i * rows,
    width,
    height: Math.min(rows, height - i * rows),
  }));
}

/** Calls for each pixel that is painted, with its index in the picture and in the strip. */
function visitInk(
  coverage: Uint8Array,
  { left, top, width, height }: Strip,
  pictureWidth: number,
  visit: (pixel: number, at: number) => void,
): void {
  for (let at = 0; at < width * height; at++) {
    if (STRENGTH_OF[coverage[at]!] === 0) continue;
    visit((top + Math.floor(at / width)) * pictureWidth + left + (at % width), at);
  }
}

/** Colour and opacity that a pixel value stands for. */
export function meaningOf(pixel: number, colors: readonly Rgb[]): { rgb: Rgb; alpha: number } {
  const [index, strength] = [Math.floor((pixel - 1) / STRENGTHS), ((pixel - 1) % STRENGTHS) + 1];
  return { rgb: colors[index]!, alpha: strength / STRENGTHS };
}
