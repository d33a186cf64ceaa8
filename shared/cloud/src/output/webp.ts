/** WebP of a cloud: the pixels of the PNG, without loss. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Cloud } from '../cloud.ts';

/** From here on the encoder loses nothing. Flat colours come out smaller and sooner that way than with any loss worth having. */
const LOSSLESS = 100;

/** @param cloud what `makeCloud` gave, or its stored PNG: nothing else is read */
export async function encodeWebp({ png }: Pick<Cloud, 'png'>): Promise<Uint8Array> {
  const { createCanvas, loadImage } = await import('@napi-rs/canvas');
  const image = await loadImage(Buffer.from(png.buffer, png.byteOffset, png.byteLength));
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  const webp = await canvas.encode('webp', LOSSLESS);
  // The canvas gives memory back only when the event loop turns.
  await turn();
  return webp;
}
