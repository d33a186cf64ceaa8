/** The cells that words may take: inside of a shape, or of the dark parts of an image. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Image } from '@napi-rs/canvas';
import { CloudError } from './errors.ts';
import { parsePathData } from './outline.ts';
import { Rasterizer } from './rasterize.ts';
import { type ShapeName, shapeIn } from './shapes.ts';

/** A picture, and the cells into which the layout divides it. */
export interface Grid {
  /** Pixels. */
  width: number;
  height: number;
  /** Pixels of a cell's side. */
  cell: number;
  columns: number;
  rows: number;
}

export interface Area {
  /** Cells. */
  width: number;
  height: number;
  /** 1 for each cell that words may take. */
  inside: Uint8Array;
  cells: number;
  /** Centre of all inside cells. */
  centerX: number;
  centerY: number;
}

/** Larger images are refused before they are decoded to pixels. */
const MOST_PIXELS = 50_000_000;
/** In a mask without transparency, lighter than this is outside, as in word_cloud's masks. */
const LIGHT = 200;
/** Least number of cells that a mask must leave. */
const LEAST_CELLS = 50;
/** Pixels that are read back at a time: less than 1.9 MB, above which reading becomes slow. */
const STRIP_PIXELS = 460_000;
/** Empty edge of a picture without mask, as a share of its mean side. */
const EDGE = 0.008;

/** Only cells that lie wholly inside of the shape, and not at the edge of the picture. */
export function shapeArea(name: ShapeName, grid: Grid): Area {
  const { columns, rows, cell } = grid;
  const { path, ...transform } = shapeIn(name, grid.width / cell, grid.height / cell);
  // Two columns more: an outline must not touch the right edge of the window.
  const stride = columns + 2;
  const coverage = new Rasterizer().cover(parsePathData(path), { ...transform, angle: 0 }, stride, rows);
  const edge = Math.max(1, Math.round((Math.sqrt(grid.width * grid.height) * EDGE) / cell));
  const inside = new Uint8Array(columns * rows);
  for (let y = edge; y < rows - edge; y++) {
    for (let x = edge; x < columns - edge; x++) inside[y * columns + x] = Number(coverage[y * stride + x] === 255);
  }
  return describe(inside, columns, rows);
}

/**
 * White, light or transparent is outside. The image is fitted into the picture with its form kept, and looked at in the
 * resolution of the picture: a cell is inside only when all its pixels are.
 *
 * @throws CloudError BAD_MASK
 */
export async function maskArea(bytes: Uint8Array, { width, height, cell, columns, rows }: Grid): Promise<Area> {
  // Only masks need a canvas here.
  const { createCanvas, loadImage } = await import('@napi-rs/canvas');
  const image = await decode(bytes, loadImage);
  const scale = Math.min(width / image.width, height / image.height);
  const [imageWidth, imageHeight] = [image.width * scale, image.height * scale].map((side) =>
    Math.max(1, Math.round(side)),
  ) as [number, number];
  const canvas = createCanvas(imageWidth, imageHeight);
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, imageWidth, imageHeight);
  const [left, top] = [Math.floor((width - imageWidth) / 2), Math.floor((height - imageHeight) / 2)];

  // Two answers for each cell until it is known whether the image uses transparency.
  const [opaque, dark] = [new Uint8Array(columns * rows), new Uint8Array(columns * rows)];
  let transparent = 0;
  const stripRows = Math.max(1, Math.floor(STRIP_PIXELS / imageWidth));
  for (let from = 0; from < imageHeight; from += stripRows) {
    await turn();
    const count = Math.min(stripRows, imageHeight - from);
    const { data } = context.getImageData(0, from, imageWidth, count);
    for (let y = 0, at = 0; y < count; y++) {
      const row = Math.floor((top + from + y) / cell);
      if (row >= rows) break;
      for (let x = 0; x < imageWidth; x++, at += 4) {
        const column = Math.floor((left + x) / cell);
        if (column >= columns) continue;
        const alpha = data[at + 3]!;
        if (alpha < 250) transparent++;
        if (alpha < 128) continue;
        // Counts the pixels that are inside: at most 144, as a cell has at most 12 by 12 of them.
        opaque[row * columns + column]!++;
        if (0.2126 * data[at]! + 0.7152 * data[at + 1]! + 0.0722 * data[at + 2]! < LIGHT)
          dark[row * columns + column]!++;
      }
    }
  }
  const pixels = transparent > imageWidth * imageHeight * 0.001 ? opaque : dark;
  const area = describe(
    pixels.map((count) => Number(count === cell * cell)),
    columns,
    rows,
  );
  if (area.cells < LEAST_CELLS) {
    throw new CloudError(
      'BAD_MASK',
      'The mask leaves no room: words go where it is dark, or where it is not transparent.',
    );
  }
  return area;
}

/** Finds the cell of a pixel; pixels beyond the grid have none. */
export interface PixelMap {
  /** 1 for each cell that may be painted, row after row. */
  inside: Uint8Array;
  columnOf: Int32Array;
  /** Index of the first cell of a pixel's row. */
  rowOf: Int32Array;
}

/** @param cell pixels of a cell */
export function pixelMap({ width, height, inside }: Area, cell: number): PixelMap {
  return {
    inside,
    columnOf: Int32Array.from({ length: width * cell }, (_, x) => Math.floor(x / cell)),
    rowOf: Int32Array.from({ length: height * cell }, (_, y) => Math.floor(y / cell) * width),
  };
}

/** May this pixel be painted? */
export function isInside({ inside, columnOf, rowOf }: PixelMap, x: number, y: number): boolean {
  const [column, row] = [columnOf[x], rowOf[y]];
  return column !== undefined && row !== undefined && inside[row + column] === 1;
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

function describe(inside: Uint8Array, width: number, height: number): Area {
  let [cells, sumX, sumY] = [0, 0, 0];
  for (let i = 0; i < inside.length; i++) {
    if (inside[i] === 0) continue;
    cells++;
    sumX += i % width;
    sumY += Math.floor(i / width);
  }
  return { width, height, inside, cells, centerX: sumX / cells, centerY: sumY / cells };
}
