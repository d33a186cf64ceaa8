/** What the words of the sketch may cover: a shape, a text or a mask image, painted small and read back. */
import type { CloudOptions } from '@wordcloud/contracts';
import { shapeIn } from './shapes.ts';
import { SKETCH_FONT } from './sketch-font.ts';
import type { Ground } from './sketch-ground.ts';

/** Cells along the longer side. */
const LONG_SIDE = 240;
/** In a mask without transparency, lighter than this is outside; the engine does the same. */
const LIGHT = 200;
/** Empty edge, as a share of the mean side. */
const EDGE = 0.008;

/** The sketch's size in cells for a picture of so many pixels. */
export function gridSize(width: number, height: number): { width: number; height: number } {
  const scale = LONG_SIDE / Math.max(width, height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** @returns the cells of the shape; all cells where the browser gives no canvas */
export function shapeGround(shape: string, width: number, height: number): Ground {
  return painted(width, height, (context) => {
    const { path, x, y, scaleX, scaleY } = shapeIn(shape, width, height);
    context.translate(x, y);
    context.scale(scaleX, scaleY);
    context.fill(new Path2D(path));
  });
}

/** @returns the cells of the letters, or of the emoji, as large as they fit */
export function textGround(text: string, width: number, height: number): Ground {
  return painted(width, height, (context) => {
    const { fontSize, x, y } = textIn(text, width, height);
    context.font = fontOf(fontSize);
    context.textAlign = 'center';
    context.fillText(text, x, y);
  });
}

/** Where a text as outline stands: its font size, and the middle of its baseline. */
export function textIn(text: string, width: number, height: number): { fontSize: number; x: number; y: number } {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return { fontSize: height, x: width / 2, y: height * 0.85 };
  context.font = fontOf(PROBE_SIZE);
  context.textAlign = 'center';
  const box = context.measureText(text);
  const { actualBoundingBoxLeft: left, actualBoundingBoxRight: right } = box;
  const { actualBoundingBoxAscent: up, actualBoundingBoxDescent: down } = box;
  const scale = Math.min(width / Math.max(1, left + right), height / Math.max(1, up + down)) * 0.98;
  return {
    fontSize: PROBE_SIZE * scale,
    x: width / 2 + ((left - right) / 2) * scale,
    y: height / 2 + ((up - down) / 2) * scale,
  };
}

/** The boldest, as the engine takes it. */
export const SHAPE_WEIGHT = 900;
const PROBE_SIZE = 100;
const fontOf = (size: number) => `${SHAPE_WEIGHT} ${size}px ${SKETCH_FONT}`;

type MaskOptions = Pick<CloudOptions, 'maskBy' | 'maskInvert' | 'maskFit'>;

/** @returns the cells that the image leaves to words, with the image's colours */
export function maskGround(image: ImageBitmap, width: number, height: number, options: MaskOptions): Ground {
  return painted(width, height, (context) => {
    const [across, down] = [width / image.width, height / image.height];
    const scale = options.maskFit === 'cover' ? Math.max(across, down) : Math.min(across, down);
    const [imageWidth, imageHeight] = [image.width * scale, image.height * scale];
    context.drawImage(image, (width - imageWidth) / 2, (height - imageHeight) / 2, imageWidth, imageHeight);
    const [seenWidth, seenHeight] = [Math.min(width, imageWidth), Math.min(height, imageHeight)];
    keepInside(context, options, (width - seenWidth) / 2, (height - seenHeight) / 2, seenWidth, seenHeight);
  });
}

/** Makes transparent what is outside: the transparent or the light, or with `maskInvert` the rest. */
function keepInside(
  context: CanvasRenderingContext2D,
  { maskBy, maskInvert }: MaskOptions,
  ...box: [number, number, number, number]
): void {
  const [x, y, width, height] = box.map(Math.round) as typeof box;
  const pixels = context.getImageData(x, y, Math.max(1, width), Math.max(1, height));
  const { data } = pixels;
  let transparent = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i]! < 250) transparent++;
  // Its edge is always a little transparent where it was scaled.
  const usesAlpha = transparent > 2 * (width + height);
  const byAlpha = maskBy === 'auto' ? usesAlpha : maskBy === 'alpha';
  for (let i = 0; i < data.length; i += 4) {
    const isOpaque = data[i + 3]! >= 128;
    const isDark = isOpaque && 0.2126 * data[i]! + 0.7152 * data[i + 1]! + 0.0722 * data[i + 2]! < LIGHT;
    data[i + 3] = (byAlpha ? isOpaque : isDark) === maskInvert ? 0 : 255;
  }
  context.putImageData(pixels, x, y);
}

function painted(width: number, height: number, paint: (context: CanvasRenderingContext2D) => void): Ground {
  const inside = new Uint8Array(width * height);
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return { width, height, inside: inside.fill(1) };
  context.save();
  paint(context);
  context.restore();
  const { data } = context.getImageData(0, 0, width, height);
  const edge = Math.max(1, Math.round(Math.sqrt(width * height) * EDGE));
  for (let y = edge; y < height - edge; y++) {
    for (let x = edge; x < width - edge; x++) {
      inside[y * width + x] = Number(data[(y * width + x) * 4 + 3]! > 127);
    }
  }
  return { width, height, inside, colors: data };
}
