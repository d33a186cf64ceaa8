/** What the words of the sketch may cover: a shape or a mask image, painted small and read back. */
import { shapeIn } from './shapes.ts';
import type { Ground } from './sketch.ts';

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

/** @returns the cells where the image is dark or, if it uses transparency, where it is not transparent */
export function maskGround(image: ImageBitmap, width: number, height: number): Ground {
  return painted(width, height, (context) => {
    const scale = Math.min(width / image.width, height / image.height);
    const [imageWidth, imageHeight] = [image.width * scale, image.height * scale];
    context.drawImage(image, (width - imageWidth) / 2, (height - imageHeight) / 2, imageWidth, imageHeight);
    keepInside(context, (width - imageWidth) / 2, (height - imageHeight) / 2, imageWidth, imageHeight);
  });
}

/** Makes what is light transparent, unless the image uses transparency itself. */
function keepInside(context: CanvasRenderingContext2D, ...box: [number, number, number, number]): void {
  const [x, y, width, height] = box.map(Math.round) as typeof box;
  const pixels = context.getImageData(x, y, Math.max(1, width), Math.max(1, height));
  const { data } = pixels;
  let transparent = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i]! < 250) transparent++;
  // Its edge is always a little transparent where it was scaled.
  if (transparent > 2 * (width + height)) return;
  for (let i = 0; i < data.length; i += 4) {
    if (0.2126 * data[i]! + 0.7152 * data[i + 1]! + 0.0722 * data[i + 2]! >= LIGHT) data[i + 3] = 0;
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
  return { width, height, inside };
}
