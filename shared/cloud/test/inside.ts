/** Judges from outside which pixels of a picture words may take: drawn with the canvas, apart from the engine's own way. */
import { createCanvas, Path2D } from '@napi-rs/canvas';
import type { CloudOptions, Contour } from '../src/index.ts';
import { shapeIn } from '../src/shapes.ts';
import { decode, imageOf } from './oracle.ts';

export type IsAllowed = (x: number, y: number) => boolean;
type Image = Awaited<ReturnType<typeof decode>>;

/** Forms of two colours on a transparent ground. */
export const masks = await Promise.all(
  ['disc', 'bars', 'hole'].map((kind) =>
    imageOf(
      (context) => {
        if (kind === 'disc') context.arc(70, 50, 45, 0, 7);
        else if (kind === 'bars') for (const y of [5, 40, 75]) context.rect(5, y, 130, 22);
        else {
          context.rect(0, 0, 140, 100);
          context.arc(70, 50, 25, 0, 7, true);
        }
        context.clip();
        context.fillStyle = '#10306f';
        context.fillRect(0, 0, 70, 100);
        context.fillStyle = '#8f1020';
        context.fillRect(70, 0, 70, 100);
      },
      [140, 100],
    ),
  ),
);
const seen = await Promise.all(masks.map(decode));

type Frame = Pick<CloudOptions, 'width' | 'height' | 'scale' | 'shape' | 'shapeText' | 'maskFit' | 'maskInvert'>;

/** @param mask index of one of the masks, where the cloud has one */
export async function insideOf(frame: Frame, mask: number | undefined, contour?: Contour): Promise<IsAllowed> {
  const within = mask === undefined ? await insideOfShape(frame) : insideOfMask(seen[mask]!, frame);
  const isLine = contour && (await lineOf(contour, frame));
  return (x, y) => within(Math.floor(x / frame.scale), Math.floor(y / frame.scale)) && !isLine?.(x, y);
}

/** The edge of a mask is seen generously: smoothing blurs it by a pixel of image or picture. */
function insideOfMask(
  { data, width, height }: Image,
  { maskFit, maskInvert, ...picture }: Pick<Frame, 'width' | 'height' | 'maskFit' | 'maskInvert'>,
): IsAllowed {
  const sides = [picture.width / width, picture.height / height];
  const scale = maskFit === 'cover' ? Math.max(...sides) : Math.min(...sides);
  const [left, top] = [(picture.width - width * scale) / 2, (picture.height - height * scale) / 2];
  const reach = Math.max(1.5 / scale, 1) + 1;
  return (x, y) => {
    const [centerX, centerY] = [(x + 0.5 - left) / scale, (y + 0.5 - top) / scale];
    for (let sy = Math.floor(centerY - reach); sy <= centerY + reach; sy++) {
      for (let sx = Math.floor(centerX - reach); sx <= centerX + reach; sx++) {
        if (sx < 0 || sy < 0 || sx >= width || sy >= height) continue;
        const alpha = data[(sy * width + sx) * 4 + 3]!;
        if (maskInvert ? alpha < 255 : alpha > 0) return true;
      }
    }
    return false;
  };
}

/** Inside of a text is all of the picture: only the engine has its fonts. */
async function insideOfShape({ shape, shapeText, width, height }: Frame): Promise<IsAllowed> {
  if (shapeText !== undefined) return () => true;
  const { path, x, y, scaleX, scaleY } = shapeIn(shape, width, height);
  const context = createCanvas(width, height).getContext('2d');
  context.setTransform(scaleX, 0, 0, scaleY, x, y);
  context.fill(new Path2D(path));
  const { data } = await decode(await context.canvas.encode('png'));
  return (x, y) => data[(y * width + x) * 4 + 3]! > 0;
}

async function lineOf(contour: Contour, { width, height, scale }: Frame): Promise<IsAllowed> {
  const context = createCanvas(width * scale, height * scale).getContext('2d');
  context.lineWidth = contour.width;
  context.lineJoin = 'round';
  context.stroke(new Path2D(contour.path));
  const { data } = await decode(await context.canvas.encode('png'));
  return (x, y) => data[(y * width * scale + x) * 4 + 3]! > 0;
}
