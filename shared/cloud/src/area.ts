/** The cells that words may take: inside of a shape, or of the dark parts of an image. */
import type { Image } from '@napi-rs/canvas';
import { CloudError } from './errors.ts';
import { parsePathData } from './outline.ts';
import { Rasterizer } from './rasterize.ts';
import { type ShapeName, shapeIn } from './shapes.ts';

export interface Area {
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

export function shapeArea(name: ShapeName, width: number, height: number): Area {
  const inside = new Uint8Array(width * height).fill(1);
  if (name === 'rectangle') return describe(inside, width, height);
  const { path, ...transform } = shapeIn(name, width, height);
  // Two columns more: an outline must not touch the right edge of the window.
  const stride = width + 2;
  const coverage = new Rasterizer().cover(parsePathData(path), { ...transform, angle: 0 }, stride, height);
  for (let i = 0; i < inside.length; i++) {
    inside[i] = Number(coverage[Math.floor(i / width) * stride + (i % width)] === 255);
  }
  return describe(inside, width, height);
}

/**
 * White, light or transparent is outside. The image is fitted into the grid with its form kept.
 *
 * @throws CloudError BAD_MASK
 */
export async function maskArea(bytes: Uint8Array, width: number, height: number): Promise<Area> {
  // Only masks need a canvas here.
  const { createCanvas, loadImage } = await import('@napi-rs/canvas');
  const image = await decode(bytes, loadImage);
  const scale = Math.min(width / image.width, height / image.height);
  const [imageWidth, imageHeight] = [Math.max(1, image.width * scale), Math.max(1, image.height * scale)];
  const context = createCanvas(width, height).getContext('2d');
  context.drawImage(image, (width - imageWidth) / 2, (height - imageHeight) / 2, imageWidth, imageHeight);
  const { data } = context.getImageData(0, 0, width, height);

  const [left, top] = [Math.ceil((width - imageWidth) / 2), Math.ceil((height - imageHeight) / 2)];
  const isWithin = (i: number) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return x >= left && x < width - left && y >= top && y < height - top;
  };
  let transparent = 0;
  for (let i = 0; i < width * height; i++) if (isWithin(i) && data[i * 4 + 3]! < 250) transparent++;
  const usesAlpha = transparent > width * height * 0.001;

  const inside = new Uint8Array(width * height);
  for (let i = 0; i < inside.length; i++) {
    const [red, green, blue, alpha] = [data[i * 4]!, data[i * 4 + 1]!, data[i * 4 + 2]!, data[i * 4 + 3]!];
    const dark = 0.2126 * red + 0.7152 * green + 0.0722 * blue < LIGHT;
    inside[i] = Number(isWithin(i) && alpha > 127 && (usesAlpha || dark));
  }
  const area = describe(inside, width, height);
  if (area.cells < 50) {
    throw new CloudError(
      'BAD_MASK',
      'The mask leaves no room: words go where it is dark, or where it is not transparent.',
    );
  }
  return area;
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
