/**
 * Emoji in colour: the one thing that needs a canvas, which is loaded when the first of them comes. The layout sees only
 * their silhouettes, as outlines; each is drawn once for that. The memory of a read-back is given back only when the event
 * loop turns, so painting waits for a turn before each, and uses one tile again and again.
 */
import { createRequire } from 'node:module';
import { setImmediate as turn } from 'node:timers/promises';
import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import { emojiFontPath } from './fonts.ts';
import type { Command, Outline } from './outline.ts';

const FAMILY = 'wordcloud emoji';
/** The canvas has no type of one pixel: it is drawn at this size and scaled. */
const DRAWN_SIZE = 96;
/** Rows of the drawing that make one step of a silhouette. */
const STEP = 4;
/** Side of the tile: 1.9 MB of pixels, above which a read-back becomes slow. */
const TILE = 680;
/** Emoji in an SVG have at most this font size: sharp on any screen, and a file of bearable size. */
const MOST_EMBEDDED = 256;

type CanvasModule = typeof import('@napi-rs/canvas');
let loaded: CanvasModule | undefined;
let tile: Canvas | undefined;
const forms = new Map<string, EmojiForm | undefined>();

/** What the layout must know of an emoji. Sizes in ems. */
export interface EmojiForm {
  width: number;
  height: number;
  /** Encloses all ink; its centre is the picture's. */
  silhouette: Outline;
}

/** An emoji in a word: its centre from that of the word, in ems. */
export interface EmojiPart {
  emoji: string;
  form: EmojiForm;
  x: number;
  y: number;
}

export interface EmojiPlace {
  /** Font size in pixels. */
  size: number;
  /** Degrees clockwise. */
  angle: number;
  /** Centre of the ink, in pixels. */
  x: number;
  y: number;
}

function canvasModule(): CanvasModule {
  if (loaded === undefined) {
    loaded = createRequire(import.meta.url)('@napi-rs/canvas') as CanvasModule;
    loaded.GlobalFonts.registerFromPath(emojiFontPath(), FAMILY);
  }
  return loaded;
}

/** @returns undefined when nothing of it is to be seen */
export function emojiForm(emoji: string): EmojiForm | undefined {
  if (!forms.has(emoji)) forms.set(emoji, measure(emoji));
  return forms.get(emoji);
}

function measure(emoji: string): EmojiForm | undefined {
  // An emoji for which the font has no picture of its own becomes several beside one another.
  const [width, height] = [DRAWN_SIZE * (2 + Array.from(emoji).length), DRAWN_SIZE * 2];
  const context = canvasModule().createCanvas(width, height).getContext('2d');
  drawOn(context, emoji, { size: DRAWN_SIZE, angle: 0, x: width / 2, y: height / 2 });
  const { data } = context.getImageData(0, 0, width, height);
  const commands: Command[] = [];
  const points: number[] = [];
  let [right, bottom] = [0, 0];
  for (let top = 0; top < height; top += STEP) {
    let [from, to] = [width, -1];
    for (let y = top; y < top + STEP; y++) {
      for (let x = 0; x < width; x++) {
        if (data[(y * width + x) * 4 + 3] === 0) continue;
        from = Math.min(from, x);
        to = Math.max(to, x);
      }
    }
    if (to < 0) continue;
    // A pixel more on each side: at another size edges fall otherwise.
    const [x0, x1, y0, y1] = [from - 1, to + 2, top - 1, top + STEP + 1].map((value) => value / DRAWN_SIZE) as [
      number,
      number,
      number,
      number,
    ];
    const [cx, cy] = [width / 2 / DRAWN_SIZE, height / 2 / DRAWN_SIZE];
    commands.push('M', 'L', 'L', 'L', 'Z');
    points.push(x0 - cx, y0 - cy, x1 - cx, y0 - cy, x1 - cx, y1 - cy, x0 - cx, y1 - cy);
    right = Math.max(right, cx - x0, x1 - cx);
    bottom = Math.max(bottom, cy - y0, y1 - cy);
  }
  if (points.length === 0) return undefined;
  return { width: right * 2, height: bottom * 2, silhouette: { commands, points: Float64Array.from(points) } };
}

function drawOn(context: SKRSContext2D, emoji: string, { size, angle, x, y }: EmojiPlace): void {
  context.save();
  context.translate(x, y);
  context.rotate((angle * Math.PI) / 180);
  context.scale(size / DRAWN_SIZE, size / DRAWN_SIZE);
  context.font = `${DRAWN_SIZE}px "${FAMILY}"`;
  const box = context.measureText(emoji);
  const centerX = (box.actualBoundingBoxRight - box.actualBoundingBoxLeft) / 2;
  const centerY = (box.actualBoundingBoxDescent - box.actualBoundingBoxAscent) / 2;
  context.fillText(emoji, -centerX, -centerY);
  context.restore();
}

export interface EmojiTile {
  /** Upper left corner in the picture. */
  left: number;
  top: number;
  width: number;
  height: number;
  /** RGBA. */
  colors: Uint8ClampedArray;
}

/** Draws an emoji tile by tile: no more memory for a picture of 4096 × 4096 than for a small one. */
export async function* emojiTiles(emoji: string, form: EmojiForm, place: EmojiPlace): AsyncGenerator<EmojiTile> {
  const radius = (Math.hypot(form.width, form.height) / 2) * place.size + 1;
  const [fromX, fromY] = [Math.floor(place.x - radius), Math.floor(place.y - radius)];
  const [toX, toY] = [Math.ceil(place.x + radius), Math.ceil(place.y + radius)];
  for (let top = fromY; top < toY; top += TILE) {
    for (let left = fromX; left < toX; left += TILE) {
      const [width, height] = [Math.min(TILE, toX - left), Math.min(TILE, toY - top)];
      await turn();
      // From here to the end of the read-back nothing waits: clouds made at the same time share the tile.
      tile ??= canvasModule().createCanvas(TILE, TILE);
      const context = tile.getContext('2d');
      context.clearRect(0, 0, TILE, TILE);
      drawOn(context, emoji, { ...place, x: place.x - left, y: place.y - top });
      yield { left, top, width, height, colors: context.getImageData(0, 0, width, height).data };
    }
  }
}

/** A PNG as data address, for SVG: colour emoji have no outline. It is twice as fine as its place, for sharp screens. */
export function emojiImage(emoji: string, form: EmojiForm, fontSize: number): string {
  const size = Math.min(fontSize * 2, MOST_EMBEDDED);
  const [width, height] = [Math.ceil(form.width * size), Math.ceil(form.height * size)];
  const canvas = canvasModule().createCanvas(width, height);
  // The image is stretched into its box, so the picture is drawn as wide as the canvas really is.
  const context = canvas.getContext('2d');
  context.scale(width / (form.width * size), height / (form.height * size));
  drawOn(context, emoji, { size, angle: 0, x: (form.width * size) / 2, y: (form.height * size) / 2 });
  return canvas.toDataURL('image/png');
}
