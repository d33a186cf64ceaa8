/** Emoji in colour: the one thing that needs a canvas, which is loaded when the first of them comes. */
import { createRequire } from 'node:module';
import type { Canvas } from '@napi-rs/canvas';
import { emojiFontPath } from './fonts.ts';

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

export interface EmojiDrawing {
  emoji: string;
  /** Font size in pixels. */
  size: number;
  /** Degrees clockwise. */
  angle: number;
  /** Size of the canvas. */
  width: number;
  height: number;
  /** Centre of the ink. */
  x: number;
  y: number;
}

/** Draws emoji on a canvas of its own. */
export function drawEmoji({ emoji, size, angle, width, height, x, y }: EmojiDrawing): Canvas {
  const canvas = canvasModule().createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.translate(x, y);
  context.rotate((angle * Math.PI) / 180);
  context.scale(size / DRAWN_SIZE, size / DRAWN_SIZE);
  context.font = `${DRAWN_SIZE}px "${FAMILY}"`;
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  const { actualBoundingBoxAscent: ascent, actualBoundingBoxDescent: descent } = context.measureText(emoji);
  context.fillText(emoji, 0, (ascent - descent) / 2);
  return canvas;
}

/** The pixels of a canvas: RGBA. */
export const pixelsOf = (canvas: Canvas): Uint8ClampedArray =>
  canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
