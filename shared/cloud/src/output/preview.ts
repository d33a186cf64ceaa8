/** A small PNG of a cloud, for lists, or while a large one is still on its way: painted from outlines, so the size of the cloud costs nothing. */
import { setImmediate as turn } from 'node:timers/promises';
import { emojiImage } from '../emoji.ts';
import { CloudError } from '../errors.ts';
import { toPathData } from '../outline.ts';
import { type Picture, stepsOf } from '../svg.ts';

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
  const { createCanvas, loadImage, Path2D } = await import('@napi-rs/canvas');
  const { width, height, background, contour, drawn } = picture;
  const scale = Math.min(1, maxSide / Math.max(width, height));
  const canvas = createCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const context = canvas.getContext('2d');
  context.scale(canvas.width / width, canvas.height / height);
  if (background !== 'transparent') {
    context.fillStyle = background;
    context.fillRect(0, 0, width, height);
  }
  if (contour) {
    context.strokeStyle = contour.color;
    context.lineWidth = contour.width;
    context.lineJoin = 'round';
    context.stroke(new Path2D(contour.path));
  }
  for (const { shape, x, y, fontSize, angle, color } of drawn) {
    context.save();
    context.translate(x, y);
    context.rotate((angle * Math.PI) / 180);
    context.scale(fontSize, fontSize);
    for (const { emoji, form, x: centerX, y: centerY } of shape.emoji) {
      const href = emojiImage(emoji, form, fontSize * scale);
      const image = await loadImage(Buffer.from(href.slice(href.indexOf(',') + 1), 'base64'));
      context.drawImage(image, centerX - form.width / 2, centerY - form.height / 2, form.width, form.height);
    }
    const steps = stepsOf(fontSize * scale);
    context.scale(1 / steps, 1 / steps);
    context.fillStyle = color;
    context.fill(new Path2D(toPathData(shape.letters, steps)));
    context.restore();
  }
  const png = await canvas.encode('png');
  // The canvas gives memory back only when the event loop turns.
  await turn();
  return png;
}
