/** Emoji in colour: the one thing that needs a canvas, which is loaded when the first of them comes. */
import { createRequire } from 'node:module';
import type { Canvas } from '@napi-rs/canvas';
import { emojiFontPath } from './fonts.ts';
import type { Placement } from './stamp.ts';

const FAMILY = 'wordcloud emoji';
/** The canvas has no type of one pixel: it is drawn at this size and scaled. */
const DRAWN_SIZE = 100;

type CanvasModule = typeof import('@napi-rs/canvas');
let loaded: CanvasModule | undefined;

function canvasModule(): CanvasModule {
  if (loaded === undefined) {
    loaded = createRequire(import.meta.url)('@napi-rs/canvas') as CanvasModule;
    loaded.GlobalFonts.registerFromPath(emojiFontPath(), FAMILY);
  }
  return loaded;
}

/** Draws emoji on a canvas of this size, the centre of their ink at (x, y). */
export function drawEmoji(
  { shape, size, angle }: Placement,
  width: number,
  height: number,
  x: number,
  y: number,
): Canvas {
  const canvas = canvasModule().createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.translate(x, y);
  context.rotate((angle * Math.PI) / 180);
  context.scale(size / DRAWN_SIZE, size / DRAWN_SIZE);
  context.font = `${DRAWN_SIZE}px "${FAMILY}"`;
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  const { actualBoundingBoxAscent: ascent, actualBoundingBoxDescent: descent } = context.measureText(shape.word);
  context.fillText(shape.word, 0, (ascent - descent) / 2);
  return canvas;
}

/** The pixels of a canvas: RGBA. */
export const pixelsOf = (canvas: Canvas): Uint8ClampedArray =>
  canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
