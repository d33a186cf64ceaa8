/** An image as a mask: which cells of the grid it leaves to words, and what colours it has there. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Image } from '@napi-rs/canvas';
import type { Coverage, Grid } from './area.ts';
import { CloudError } from './errors.ts';
import type { CloudOptions } from './options.ts';

export interface Mask {
  coverage: Coverage;
  /** Mean red, green and blue of what is inside, three bytes for each cell; only for `colorBy: 'image'`. */
  colors: Uint8Array | undefined;
}

export type MaskOptions = Pick<CloudOptions, 'maskBy' | 'maskInvert' | 'maskFit' | 'colorBy'>;

/** Larger images are refused before they are decoded to pixels. */
const MOST_PIXELS = 50_000_000;
/** Lighter than this is outside, as in word_cloud's masks. */
const LIGHT = 200;
/** Share of the pixels that must be transparent for an image to be taken by its transparency. */
const TRANSPARENT_SHARE = 0.001;
/** Pixels that are read back at a time: less than 1.9 MB, above which reading becomes slow. */
const STRIP_PIXELS = 460_000;

/**
 * Looks at the image in the resolution of the picture, fitted into it or filling it with its form kept. Outside is what is
 * transparent or light, inverted what is neither; beside an image that is fitted in, everything is outside.
 *
 * @throws CloudError BAD_MASK when it is no image
 */
export async function readMask(bytes: Uint8Array, grid: Grid, options: MaskOptions): Promise<Mask> {
  // Only masks need a canvas here.
  const { createCanvas, loadImage } = await import('@napi-rs/canvas');
  const image = await decode(bytes, loadImage);
  const { left, top, width, height } = fit(image, grid, options.maskFit);
  const [seenWidth, seenHeight] = [Math.min(width, grid.width), Math.min(height, grid.height)];
  const context = createCanvas(seenWidth, seenHeight).getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, Math.min(left, 0), Math.min(top, 0), width, height);

  // Two answers for each cell until it is known whether the image uses transparency.
  const { maskInvert } = options;
  const { cell: side, columns, rows } = grid;
  const [startX, startY] = [Math.max(left, 0), Math.max(top, 0)];
  const withColors = options.colorBy === 'image';
  const [byAlpha, byLuminance] = [new Tally(grid, withColors), new Tally(grid, withColors)];
  const [opaqueCounts, darkCounts] = [byAlpha.counts, byLuminance.counts];
  let transparent = 0;
  const stripRows = Math.max(1, Math.floor(STRIP_PIXELS / seenWidth));
  for (let from = 0; from < seenHeight; from += stripRows) {
    await turn();
    const count = Math.min(stripRows, seenHeight - from);
    const { data } = context.getImageData(0, from, seenWidth, count);
    for (let y = 0, at = 0; y < count; y++) {
      const row = Math.floor((startY + from + y) / side);
      if (row >= rows) break;
      for (let x = 0; x < seenWidth; x++, at += 4) {
        const column = Math.floor((startX + x) / side);
        if (column >= columns) continue;
        const alpha = data[at + 3]!;
        if (alpha < 250) transparent++;
        const opaque = alpha >= 128;
        // What is transparent counts as white.
        const dark = opaque && 0.2126 * data[at]! + 0.7152 * data[at + 1]! + 0.0722 * data[at + 2]! < LIGHT;
        const cell = row * columns + column;
        if (opaque !== maskInvert) {
          opaqueCounts[cell]!++;
          if (withColors) byAlpha.addColor(cell, data, at);
        }
        if (dark !== maskInvert) {
          darkCounts[cell]!++;
          if (withColors) byLuminance.addColor(cell, data, at);
        }
      }
    }
  }
  const usesAlpha = transparent > seenWidth * seenHeight * TRANSPARENT_SHARE;
  const by = options.maskBy === 'auto' ? (usesAlpha ? 'alpha' : 'luminance') : options.maskBy;
  return (by === 'alpha' ? byAlpha : byLuminance).result(side);
}

/** Counts the pixels of each cell that are inside, and adds up their colours. */
class Tally {
  /** At most 144, as a cell has at most 12 by 12 pixels. */
  readonly counts: Uint8Array;
  readonly #sums: Uint16Array | undefined;

  constructor({ columns, rows }: Grid, withColors: boolean) {
    this.counts = new Uint8Array(columns * rows);
    if (withColors) this.#sums = new Uint16Array(columns * rows * 3);
  }

  addColor(cell: number, data: Uint8ClampedArray, at: number): void {
    if (this.#sums) for (let i = 0; i < 3; i++) this.#sums[cell * 3 + i]! += data[at + i]!;
  }

  /** @param cell pixels of a cell's side */
  result(cell: number): Mask {
    const meanOf = (sum: number, i: number) => Math.round(sum / Math.max(1, this.counts[Math.floor(i / 3)]!));
    const shares = Uint8Array.from({ length: cell * cell + 1 }, (_, count) =>
      Math.floor((count * 255) / (cell * cell)),
    );
    return {
      coverage: this.counts.map((count) => shares[count]!),
      colors: this.#sums && Uint8Array.from(this.#sums, meanOf),
    };
  }
}

/** Where the image lies in the picture, in pixels; one that covers it reaches beyond. */
function fit(image: Image, { width, height }: Grid, maskFit: CloudOptions['maskFit']) {
  const [across, down] = [width / image.width, height / image.height];
  const scale = maskFit === 'cover' ? Math.max(across, down) : Math.min(across, down);
  const [imageWidth, imageHeight] = [image.width * scale, image.height * scale].map((side) =>
    Math.max(1, Math.round(side)),
  ) as [number, number];
  const [left, top] = [Math.floor((width - imageWidth) / 2), Math.floor((height - imageHeight) / 2)];
  return { left, top, width: imageWidth, height: imageHeight };
}

async function decode(bytes: Uint8Array, loadImage: (bytes: Buffer) => Promise<Image>): Promise<Image> {
  let image: Image;
  try {
    image = await loadImage(Buffer.from(bytes));
  } catch (cause) {
    throw new CloudError(
      'BAD_MASK',
      'The mask cannot be read as an image (PNG, JPEG, WebP, GIF and BMP are understood).',
      { cause },
    );
  }
  const { width, height } = image;
  if (!(width > 0 && height > 0 && width * height <= MOST_PIXELS)) {
    throw new CloudError('BAD_MASK', `The mask has ${width} × ${height} pixels; at most ${MOST_PIXELS} are allowed.`);
  }
  return image;
}
