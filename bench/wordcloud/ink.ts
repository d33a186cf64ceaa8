/** How much of a picture is ink, measured in the PNG, so that all are measured alike. */
import { readFile } from 'node:fs/promises';
import { createCanvas, loadImage } from '@napi-rs/canvas';

export interface Ink {
  /** Share of the allowed pixels that are not white. */
  ink: number;
  /** The same with a small distance around each letter: fairer to light type. */
  coverage: number;
}

/** Distance as a share of the mean side. */
const DISTANCE = 0.003;

/** @param maskPath black is allowed; default: all of the picture */
export async function measureInk(pngPath: string, maskPath?: string): Promise<Ink> {
  const picture = await readPixels(pngPath);
  const { width, height, isWhite } = picture;
  const mask = maskPath === undefined ? undefined : await readPixels(maskPath);
  const isAllowed = (at: number) => mask === undefined || !mask.isWhite[at];
  const radius = Math.max(1, Math.round(Math.sqrt(width * height) * DISTANCE));
  const ink = isWhite.map((white) => 1 - white);
  const wide = dilate(dilate(ink, width, height, 1, radius), width, height, width, radius);
  let [allowed, inked, covered] = [0, 0, 0];
  for (let at = 0; at < width * height; at++) {
    if (!isAllowed(at)) continue;
    allowed++;
    inked += ink[at]!;
    covered += wide[at]!;
  }
  return { ink: inked / allowed, coverage: covered / allowed };
}

async function readPixels(path: string) {
  const image = await loadImage(await readFile(path));
  const { width, height } = image;
  const context = createCanvas(width, height).getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const isWhite = new Uint8Array(width * height);
  for (let at = 0; at < isWhite.length; at++) {
    isWhite[at] = Number(data[at * 4]! + data[at * 4 + 1]! + data[at * 4 + 2]! === 3 * 255);
  }
  return { width, height, isWhite };
}

/** Along rows (step 1) or columns (step width). */
function dilate(pixels: Uint8Array, width: number, height: number, step: number, radius: number): Uint8Array {
  const [lines, length, lineStep] = step === 1 ? [height, width, width] : [width, height, 1];
  const result = new Uint8Array(pixels.length);
  for (let line = 0; line < lines; line++) {
    const from = line * lineStep;
    for (let at = 0; at < length; at++) {
      if (pixels[from + at * step] === 0) continue;
      const last = Math.min(length - 1, at + radius);
      for (let near = Math.max(0, at - radius); near <= last; near++) result[from + near * step] = 1;
    }
  }
  return result;
}
