/**
 * The picture while it is painted, one byte a pixel: 0 is background, others stand for a colour at one of 31 strengths.
 * Painting is also the proof that no two words touch: a word that meets a painted pixel is taken back and refused.
 */
import type { Rgb } from './palettes.ts';
import { boxOf, PAGE_PIXELS, type Picture, type Placement, type Request, type Stamp } from './stamp.ts';

/** Strengths of a colour, for smooth edges. With 8 colours they fit into a byte. */
export const STRENGTHS = 31;
/** Stands for a pixel whose colour is in `colors`: emoji. */
export const OWN_COLOR = 255;

/** Opacity (0 to 255) as a strength; any ink at all is at least the weakest. */
const STRENGTH_OF = Uint8Array.from({ length: 256 }, (_, alpha) => Math.ceil((alpha * STRENGTHS) / 255));

export interface PaintedWord {
  placement: Placement;
  /** Centre of the ink, in pixels. */
  x: number;
  y: number;
  /** Index of the colour; emoji bring their own. */
  color: number;
}

/** A word cut into windows of the picture, each no larger than can be read at once. */
export interface PaintJob {
  word: PaintedWord;
  left: number;
  tops: number[];
  requests: Request[];
}

export function paintJob(word: PaintedWord): PaintJob {
  const { placement, x, y } = word;
  const box = boxOf(placement);
  const left = Math.floor(x - box.width / 2) - 1;
  const top = Math.floor(y - box.height / 2) - 1;
  const [width, height] = [Math.ceil(box.width) + 3, Math.ceil(box.height) + 3];
  const rows = Math.max(1, Math.floor(PAGE_PIXELS / width));
  const job: PaintJob = { word, left, tops: [], requests: [] };
  for (let from = 0; from < height; from += rows) {
    job.tops.push(top + from);
    job.requests.push({ placement, width, height: Math.min(rows, height - from), x: x - left, y: y - top - from });
  }
  return job;
}

/** Gathers jobs into pages, each to be drawn and read at once. */
export function* pagesOf(jobs: readonly PaintJob[]): Generator<PaintJob[]> {
  let page: PaintJob[] = [];
  let pixels = 0;
  for (const job of jobs) {
    const more = job.requests.reduce((sum, { width, height }) => sum + width * height, 0);
    if (page.length > 0 && pixels + more > PAGE_PIXELS) {
      yield page;
      [page, pixels] = [[], 0];
    }
    page.push(job);
    pixels += more;
  }
  if (page.length > 0) yield page;
}

/** Draws the windows of a page; those of a very large word one after the other. */
export function* drawPage(
  stamp: Stamp,
  page: readonly PaintJob[],
): Generator<{ job: PaintJob; pictures: Iterable<Picture> }> {
  const [only] = page;
  if (page.length === 1 && only!.requests.length > 1) {
    const drawInTurn = function* () {
      for (const request of only!.requests) yield* stamp.draw([request]);
    };
    yield { job: only!, pictures: drawInTurn() };
    return;
  }
  const pictures = stamp.draw(page.flatMap(({ requests }) => requests));
  let next = 0;
  for (const job of page) {
    yield { job, pictures: pictures.slice(next, next + job.requests.length) };
    next += job.requests.length;
  }
}

export class Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
  /** RGBA, only where a word brings its own colours. */
  colors: Uint8Array | undefined;
  /** Painted pixels. */
  ink = 0;
  /** Where the word that is being painted has been painted so far. */
  #written = new Uint32Array(1 << 16);
  #count = 0;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.pixels = new Uint8Array(width * height);
  }

  /** @returns false when the word would touch another one or leave the picture: then nothing is painted */
  paint({ word, left, tops }: PaintJob, pictures: Iterable<Picture>): boolean {
    this.#count = 0;
    let strip = 0;
    for (const picture of pictures) {
      if (!this.#paintStrip(picture, left, tops[strip++]!, word)) {
        for (let i = 0; i < this.#count; i++) this.pixels[this.#written[i]!] = 0;
        return false;
      }
    }
    this.ink += this.#count;
    return true;
  }

  #paintStrip({ data, at, stride, width, height }: Picture, left: number, top: number, word: PaintedWord): boolean {
    const { pixels } = this;
    const ownColors = word.placement.shape.outline === undefined;
    if (ownColors) this.colors ??= new Uint8Array(pixels.length * 4);
    const base = word.color * STRENGTHS;
    for (let y = 0; y < height; y++) {
      const row = (at + y * stride) * 4;
      const to = (top + y) * this.width + left;
      for (let x = 0; x < width; x++) {
        const alpha = data[row + x * 4 + 3]!;
        if (alpha === 0) continue;
        const isInside = left + x >= 0 && left + x < this.width && top + y >= 0 && top + y < this.height;
        if (!isInside || pixels[to + x] !== 0) return false;
        this.#remember(to + x);
        if (ownColors) {
          pixels[to + x] = OWN_COLOR;
          this.colors!.set(data.subarray(row + x * 4, row + x * 4 + 4), (to + x) * 4);
        } else pixels[to + x] = base + STRENGTH_OF[alpha]!;
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
