/**
 * Turns outlines into coverage: how much of each pixel lies inside, exactly. Each line adds the area to its right to the
 * pixels that it crosses; summing up along a row then gives the coverage of every pixel (R. Levien, font-rs, 2016). It is
 * plain arithmetic on one array that is used again and again: the same result on every machine, no memory for anybody to
 * free, and several times faster than drawing on a canvas and reading that back.
 */
import type { Outline } from './outline.ts';

/** Where an outline is drawn: scaled, turned and moved. */
export interface Transform {
  scaleX: number;
  scaleY: number;
  /** Degrees clockwise. */
  angle: number;
  x: number;
  y: number;
}

/**
 * Less is an error of rounding. The tenth part of a pixel must not be lost in a large cell of the grid, or the layout would
 * not see what is painted later.
 */
const LEAST = 1e-4;
/** Curves become lines that stay within this distance of them, in pixels. */
const TOLERANCE = 0.1;

/** Math.hypot guards against overflow, and takes many times as long. */
const length = (x: number, y: number): number => Math.sqrt(x * x + y * y);

export class Rasterizer {
  #sums = new Float32Array(1 << 16);
  #coverage = new Uint8Array(1 << 16);
  #moved = new Float64Array(1 << 12);
  #width = 0;
  #height = 0;

  /**
   * The coverage of a window of pixels, 0 to 255, row after row; valid until the next call. The window may cut what is drawn
   * above and below, but not left or right, where one empty pixel must remain.
   */
  cover(outline: Outline, transform: Transform, width: number, height: number): Uint8Array {
    const pixels = width * height;
    // A line at the right edge spills over into the next pixel or two.
    if (this.#sums.length < pixels + 2) {
      this.#sums = new Float32Array(Math.ceil((pixels + 2) * 1.5));
      this.#coverage = new Uint8Array(this.#sums.length);
    }
    this.#width = width;
    this.#height = height;
    this.#trace(outline, transform);
    const [sums, coverage] = [this.#sums, this.#coverage];
    for (let y = 0, at = 0; y < height; y++) {
      let sum = 0;
      let value = 0;
      for (let x = 0; x < width; x++, at++) {
        const change = sums[at]!;
        if (change !== 0) {
          sum += change;
          sums[at] = 0;
          // Contours of either direction; where two overlap it is still no more than all of the pixel.
          const inside = sum < 0 ? -sum : sum;
          value = inside >= 1 ? 255 : inside < LEAST ? 0 : Math.max(1, (inside * 255 + 0.5) | 0);
        }
        coverage[at] = value;
      }
    }
    sums[pixels] = 0;
    sums[pixels + 1] = 0;
    return coverage;
  }

  #trace({ commands, points }: Outline, transform: Transform): void {
    const moved = this.#move(points, transform);
    let penX = 0;
    let penY = 0;
    let startX = 0;
    let startY = 0;
    let at = 0;
    for (const command of commands) {
      if (command === 'M' || command === 'Z') {
        // A contour is always closed, also where the next one begins without saying so.
        this.#line(penX, penY, startX, startY);
        if (command === 'M') {
          startX = moved[at++]!;
          startY = moved[at++]!;
        }
        penX = startX;
        penY = startY;
        continue;
      }
      const x1 = moved[at++]!;
      const y1 = moved[at++]!;
      let toX = x1;
      let toY = y1;
      if (command === 'L') this.#line(penX, penY, toX, toY);
      else if (command === 'Q') {
        toX = moved[at++]!;
        toY = moved[at++]!;
        this.#quadratic(penX, penY, x1, y1, toX, toY);
      } else {
        const x2 = moved[at++]!;
        const y2 = moved[at++]!;
        toX = moved[at++]!;
        toY = moved[at++]!;
        this.#cubic(penX, penY, x1, y1, x2, y2, toX, toY);
      }
      penX = toX;
      penY = toY;
    }
    this.#line(penX, penY, startX, startY);
  }

  /** All points where they are drawn. */
  #move(points: Float64Array, { scaleX, scaleY, angle, x, y }: Transform): Float64Array {
    if (this.#moved.length < points.length) this.#moved = new Float64Array(points.length * 2);
    const moved = this.#moved;
    const radians = (angle * Math.PI) / 180;
    const cos = Math.cos(radians);
    const sin = Math.sin(radians);
    const xx = cos * scaleX;
    const xy = -sin * scaleY;
    const yx = sin * scaleX;
    const yy = cos * scaleY;
    for (let i = 0; i < points.length; i += 2) {
      const px = points[i]!;
      const py = points[i + 1]!;
      moved[i] = xx * px + xy * py + x;
      moved[i + 1] = yx * px + yy * py + y;
    }
    return moved;
  }

  #quadratic(x0: number, y0: number, x1: number, y1: number, x2: number, y2: number): void {
    // The farthest a curve is from its chord is an eighth of its second difference; n pieces divide that by n².
    const bend = length(x0 - 2 * x1 + x2, y0 - 2 * y1 + y2) / 4;
    const pieces = Math.max(1, Math.ceil(Math.sqrt(bend / TOLERANCE)));
    let fromX = x0;
    let fromY = y0;
    for (let i = 1; i <= pieces; i++) {
      const t = i / pieces;
      const s = 1 - t;
      const toX = s * s * x0 + 2 * s * t * x1 + t * t * x2;
      const toY = s * s * y0 + 2 * s * t * y1 + t * t * y2;
      this.#line(fromX, fromY, toX, toY);
      fromX = toX;
      fromY = toY;
    }
  }

  #cubic(x0: number, y0: number, x1: number, y1: number, x2: number, y2: number, x3: number, y3: number): void {
    const bend = Math.max(length(x0 - 2 * x1 + x2, y0 - 2 * y1 + y2), length(x1 - 2 * x2 + x3, y1 - 2 * y2 + y3));
    const pieces = Math.max(1, Math.ceil(Math.sqrt((bend * 0.75) / TOLERANCE)));
    let fromX = x0;
    let fromY = y0;
    for (let i = 1; i <= pieces; i++) {
      const t = i / pieces;
      const s = 1 - t;
      const b0 = s * s * s;
      const b1 = 3 * s * s * t;
      const b2 = 3 * s * t * t;
      const b3 = t * t * t;
      const toX = b0 * x0 + b1 * x1 + b2 * x2 + b3 * x3;
      const toY = b0 * y0 + b1 * y1 + b2 * y2 + b3 * y3;
      this.#line(fromX, fromY, toX, toY);
      fromX = toX;
      fromY = toY;
    }
  }

  /** Adds, for each row that the line crosses, its height there times the part of each pixel that lies right of it. */
  #line(x0: number, y0: number, x1: number, y1: number): void {
    if (y0 === y1) return;
    const direction = y0 < y1 ? 1 : -1;
    const topX = direction > 0 ? x0 : x1;
    const topY = direction > 0 ? y0 : y1;
    const bottomX = direction > 0 ? x1 : x0;
    const bottomY = direction > 0 ? y1 : y0;
    const slope = (bottomX - topX) / (bottomY - topY);
    const from = Math.max(0, topY);
    const to = Math.min(bottomY, this.#height);
    if (from >= to) return;
    let x = topX + (from - topY) * slope;
    const sums = this.#sums;
    for (let y = Math.floor(from); y < to; y++) {
      const row = y * this.#width;
      const height = Math.min(y + 1, to) - Math.max(y, from);
      const next = x + slope * height;
      const area = height * direction;
      const left = Math.min(x, next);
      const right = Math.max(x, next);
      const first = Math.floor(left);
      const last = Math.ceil(right);
      const at = row + first;
      if (last <= first + 1) {
        const share = (x + next) / 2 - first;
        sums[at]! += area - area * share;
        sums[at + 1]! += area * share;
      } else {
        const step = 1 / (right - left);
        const inFirst = left - first;
        const begin = 0.5 * step * (1 - inFirst) * (1 - inFirst);
        const inLast = right - last + 1;
        const end = 0.5 * step * inLast * inLast;
        sums[at]! += area * begin;
        if (last === first + 2) sums[at + 1]! += area * (1 - begin - end);
        else {
          const second = step * (1.5 - inFirst);
          sums[at + 1]! += area * (second - begin);
          for (let i = first + 2; i < last - 1; i++) sums[row + i]! += area * step;
          const beforeLast = second + (last - first - 3) * step;
          sums[row + last - 1]! += area * (1 - beforeLast - end);
        }
        sums[row + last]! += area * end;
      }
      x = next;
    }
  }
}
