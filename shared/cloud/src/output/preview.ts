/**
 * A small PNG of a cloud, for lists, or while a large one is still on its way: painted from outlines, so the size of the cloud costs
 * nothing. Words that are apart in the cloud may share a pixel here.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { emojiTiles } from '../emoji.ts';
import { CloudError } from '../errors.ts';
import { parseColor } from '../palettes.ts';
import { encodePng } from '../png.ts';
import { MOST_COLORS, Raster, STRENGTHS } from '../raster.ts';
import { boxOf, Stamp } from '../stamp.ts';
import type { Contour, Picture, SvgWord } from '../svg.ts';

const [LEAST_SIDE, MOST_SIDE] = [16, 2048];

/**
 * @param maxSide the longer side in pixels, a whole number from 16 to 2048; a smaller cloud keeps its size
 * @throws CloudError INVALID_OPTION
 */
export async function previewPng(picture: Picture, maxSide: number): Promise<Uint8Array> {
  if (!Number.isInteger(maxSide) || maxSide < LEAST_SIDE || maxSide > MOST_SIDE) {
    const allowed = `a whole number from ${LEAST_SIDE} to ${MOST_SIDE}`;
    throw new CloudError('INVALID_OPTION', `maxSide: got ${JSON.stringify(maxSide)}; allowed is ${allowed}.`);
  }
  const { background, contour, drawn } = picture;
  const scale = Math.min(1, maxSide / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale))) as [
    number,
    number,
  ];
  const known = [...drawn.map(({ color }) => color), ...(contour ? [contour.color] : [])];
  const colors = [...new Set(known)].slice(0, MOST_COLORS);
  const indexOf = new Map(colors.map((color, index) => [color, index]));
  const stamp = new Stamp();
  const everywhere = { width, height, inside: new Uint8Array(0), cells: 0, centerX: 0, centerY: 0 };
  const raster = new Raster(width, height, stamp, everywhere, 1, colors.length);
  const colorAt = (color: string) => (indexOf.get(color) ?? 0) * STRENGTHS;
  if (contour) await paintContour(raster, contour, scale, colorAt(contour.color));
  for (const word of drawn) {
    paintLetters(raster, stamp, word, scale, colorAt(word.color));
    await paintEmoji(raster, word, scale);
  }
  return encodePng(raster, colors.map(parseColor), background);
}

/** Where something is painted already, the stronger one is seen. */
function cover({ pixels }: Raster, pixel: number, coverage: number, color: number): void {
  const strength = Math.round((coverage * STRENGTHS) / 255);
  const before = pixels[pixel]!;
  if (strength > (before === 0 ? 0 : ((before - 1) % STRENGTHS) + 1)) pixels[pixel] = color + strength;
}

function paintLetters(raster: Raster, stamp: Stamp, word: SvgWord, scale: number, color: number): void {
  const { shape, angle } = word;
  if (shape.letters.commands.length === 0) return;
  const placement = { shape, size: word.fontSize * scale, angle };
  const [x, y] = [word.x * scale, word.y * scale];
  const box = boxOf(placement);
  const [left, top] = [Math.floor(x - box.width / 2) - 1, Math.floor(y - box.height / 2) - 1];
  const [width, height] = [Math.ceil(box.width) + 3, Math.ceil(box.height) + 3];
  const covered = stamp.draw(shape.letters, placement, width, height, x - left, y - top);
  visitTile(raster, { left, top, width, height }, (pixel, at) => {
    if (covered[at]! > 0) cover(raster, pixel, covered[at]!, color);
  });
}

async function paintEmoji(raster: Raster, { shape, angle, fontSize, x, y }: SvgWord, scale: number): Promise<void> {
  const size = fontSize * scale;
  const radians = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians) * size, Math.sin(radians) * size];
  for (const { emoji, form, ...part } of shape.emoji) {
    const center = { x: x * scale + part.x * cos - part.y * sin, y: y * scale + part.x * sin + part.y * cos };
    for await (const tile of emojiTiles(emoji, form, { size, angle, ...center })) {
      raster.colors ??= new Uint8Array(raster.pixels.length * 4);
      visitTile(raster, tile, (pixel, at) => {
        if (tile.colors[at * 4 + 3] === 0) return;
        raster.pixels[pixel] = raster.ownColor;
        raster.colors!.set(tile.colors.subarray(at * 4, at * 4 + 4), pixel * 4);
      });
    }
  }
}

/** A line of any path: only the canvas can draw it. */
async function paintContour(raster: Raster, contour: Contour, scale: number, color: number): Promise<void> {
  const { createCanvas, Path2D } = await import('@napi-rs/canvas');
  const { width, height } = raster;
  const context = createCanvas(width, height).getContext('2d');
  context.scale(scale, scale);
  context.lineWidth = contour.width;
  context.lineJoin = 'round';
  context.stroke(new Path2D(contour.path));
  // The memory of a read-back is given back only when the event loop turns.
  await turn();
  const { data } = context.getImageData(0, 0, width, height);
  for (let pixel = 0; pixel < width * height; pixel++) cover(raster, pixel, data[pixel * 4 + 3]!, color);
}

/** Calls for each pixel of a part that lies in the picture, with its index there and in the part. */
function visitTile(
  raster: Raster,
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
  visit: (pixel: number, at: number) => void,
): void {
  const [fromX, toX] = [Math.max(0, -left), Math.min(width, raster.width - left)];
  const toY = Math.min(height, raster.height - top);
  for (let y = Math.max(0, -top); y < toY; y++) {
    for (let x = fromX; x < toX; x++) visit((top + y) * raster.width + left + x, y * width + x);
  }
}
