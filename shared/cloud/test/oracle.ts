/** Judges a cloud from outside: draws each word of its SVG alone, with the canvas's own rasteriser, and compares pixels. */
import { setImmediate as turn } from 'node:timers/promises';
import { createCanvas, loadImage, Path2D, type SKRSContext2D } from '@napi-rs/canvas';
import type { Cloud } from '../src/index.ts';

/** Around the picture, to see what leaves it. */
const BORDER = 20;
/** The two rasterisers differ a little at edges: what is fainter is not counted. */
const FAINT = 16;

export interface Verdict {
  /** Pixels that two words have. */
  shared: number;
  /** Pixels out of the picture or of where words are allowed. */
  outside: number;
}

/** @param isAllowed which pixels words may take, when not all of the picture */
export async function judge(cloud: Cloud, isAllowed: (x: number, y: number) => boolean = () => true): Promise<Verdict> {
  const { width, height } = cloud;
  const [fullWidth, fullHeight] = [width + 2 * BORDER, height + 2 * BORDER];
  const context = createCanvas(fullWidth, fullHeight).getContext('2d');
  const taken = new Uint8Array(fullWidth * fullHeight);
  const verdict = { shared: 0, outside: 0 };
  for (const [, group] of cloud.svg().matchAll(/<g [^>]*>(.*)<\/g>/g)) {
    context.resetTransform();
    context.clearRect(0, 0, fullWidth, fullHeight);
    await drawGroup(context, group!);
    await turn();
    const { data } = context.getImageData(0, 0, fullWidth, fullHeight);
    for (let at = 0; at < taken.length; at++) {
      if (data[at * 4 + 3]! < FAINT) continue;
      const [x, y] = [(at % fullWidth) - BORDER, Math.floor(at / fullWidth) - BORDER];
      if (x < 0 || y < 0 || x >= width || y >= height || !isAllowed(x, y)) verdict.outside++;
      if (taken[at] === 1) verdict.shared++;
      taken[at] = 1;
    }
  }
  return verdict;
}

async function drawGroup(context: SKRSContext2D, group: string): Promise<void> {
  for (const [, kind, attributes] of group.matchAll(/<(path|image) ([^>]*)\/>/g)) {
    const value = (name: string) => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes!)?.[1] ?? '';
    const transform = value('transform');
    const numbers = (name: string) =>
      (new RegExp(`${name}\\(([^)]*)\\)`).exec(transform)?.[1] ?? '').split(' ').filter(Boolean).map(Number);
    const [x = 0, y = 0] = numbers('translate');
    context.resetTransform();
    context.translate(BORDER + x, BORDER + y);
    context.rotate(((numbers('rotate')[0] ?? 0) * Math.PI) / 180);
    if (kind === 'path') {
      const scale = numbers('scale')[0] ?? 1;
      context.scale(scale, scale);
      context.fill(new Path2D(value('d')));
    } else {
      const image = await loadImage(Buffer.from(value('href').split(',')[1]!, 'base64'));
      const [left, top, w, h] = ['x', 'y', 'width', 'height'].map((name) => Number(value(name)));
      context.drawImage(image, left!, top!, w!, h!);
    }
  }
}

/** A PNG of a drawing. */
export async function imageOf(
  draw: (context: SKRSContext2D) => void,
  [width, height]: [number, number] = [200, 200],
): Promise<Uint8Array> {
  const canvas = createCanvas(width, height);
  draw(canvas.getContext('2d'));
  return canvas.encode('png');
}

/** The pixels of an image file: RGBA. */
export async function decode(file: Uint8Array): Promise<{ width: number; height: number; data: Uint8ClampedArray }> {
  const image = await loadImage(Buffer.from(file));
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  await turn();
  const { data } = context.getImageData(0, 0, image.width, image.height);
  return { width: image.width, height: image.height, data };
}
