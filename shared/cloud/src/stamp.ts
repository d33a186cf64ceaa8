/**
 * Draws words and reads them back as pixels. Reading back is what costs, and it costs by the call: so words are drawn side
 * by side on one canvas, which is used again and again (fresh ones would pile up memory that only the event loop's turn
 * gives back), and read together.
 */
import { type Canvas, createCanvas } from '@napi-rs/canvas';
import type { WordShape } from './word-shape.ts';

export interface Placement {
  shape: WordShape;
  /** Font size in units of the target: cells or pixels. */
  size: number;
  /** Degrees clockwise. */
  angle: number;
}

/** A window in which a word is drawn with the centre of its ink at (x, y). */
export interface Request {
  placement: Placement;
  width: number;
  height: number;
  x: number;
  y: number;
}

/** What was drawn: RGBA, the window's upper left corner at pixel `at`, rows `stride` pixels apart. */
export interface Picture {
  data: Uint8ClampedArray;
  at: number;
  stride: number;
  width: number;
  height: number;
}

/** Pixels that are read at once: memory that is soon used again. Larger reads cost fresh pages. */
export const PAGE_PIXELS = 400_000;

/** Size of the box that holds a turned word. */
export function boxOf({ shape, size, angle }: Placement): { width: number; height: number } {
  const radians = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.abs(Math.cos(radians)), Math.abs(Math.sin(radians))];
  const [width, height] = [shape.width * size, shape.height * size];
  return { width: width * cos + height * sin, height: width * sin + height * cos };
}

export class Stamp {
  #canvas: Canvas = createCanvas(1024, 512);

  /** Draws all requests side by side and reads them at once. They should have no more than `PAGE_PIXELS` together. */
  draw(requests: readonly Request[]): Picture[] {
    const { width, height, corners } = pack(requests);
    if (this.#canvas.width < width || this.#canvas.height < height) {
      this.#canvas = createCanvas(Math.max(width, this.#canvas.width), Math.max(height, this.#canvas.height));
    }
    const context = this.#canvas.getContext('2d');
    context.clearRect(0, 0, width, height);
    context.fillStyle = '#000';
    requests.forEach(({ placement, width: boxWidth, height: boxHeight, x, y }, index) => {
      const { left, top } = corners[index]!;
      context.save();
      context.beginPath();
      context.rect(left, top, boxWidth, boxHeight);
      context.clip();
      context.translate(left + x, top + y);
      context.rotate((placement.angle * Math.PI) / 180);
      context.scale(placement.size, placement.size);
      placement.shape.draw(context);
      context.restore();
    });
    const { data } = context.getImageData(0, 0, width, height);
    return requests.map((request, index) => {
      const { left, top } = corners[index]!;
      return { data, at: top * width + left, stride: width, width: request.width, height: request.height };
    });
  }
}

const PAGE_WIDTH = 1024;

/** Side by side on shelves, in their order. */
function pack(requests: readonly Request[]) {
  const width = Math.max(PAGE_WIDTH, ...requests.map((request) => request.width));
  let [left, top, shelf] = [0, 0, 0];
  const corners = requests.map((request) => {
    if (left + request.width > width) [left, top, shelf] = [0, top + shelf, 0];
    const corner = { left, top };
    left += request.width;
    shelf = Math.max(shelf, request.height);
    return corner;
  });
  return { width: Math.max(1, top > 0 ? width : left), height: Math.max(1, top + shelf), corners };
}
