/**
 * Finds the free place for a word that is nearest to where it should be: exact, not sampled. 32 neighbouring places are
 * tested at once: for each run of the word two bits of a level tell whether any cell under it is taken, and a machine word
 * of the level holds those bits for 32 places.
 */
import type { Occupancy } from './occupancy.ts';
import type { Sprite } from './sprite.ts';

export interface Target {
  /** Where the word's centre should be, in cells. */
  x: number;
  y: number;
  /** How much farther a step in x counts than one in y: below 1 makes a cloud wider than high. */
  xWeight: number;
}

export interface Place {
  /** Upper left corner of the sprite. */
  x: number;
  y: number;
}

/** @returns undefined when the word fits nowhere */
export function findPlace(occupancy: Occupancy, sprite: Sprite, target: Target): Place | undefined {
  const { width, height, stride, bits } = occupancy;
  const mostX = width - sprite.width;
  const mostY = height - sprite.height;
  if (mostX < 0 || mostY < 0) return undefined;
  const { offsets, shifts, count } = prepare(occupancy, sprite);
  const [firstOffset, firstShift] = [offsets[0]!, shifts[0]!];
  const goalX = Math.round(target.x - sprite.centerX);
  const goalY = Math.round(target.y - sprite.centerY);
  const xWeight = target.xWeight * target.xWeight;
  const startY = clamp(goalY, 0, mostY);

  let bestX = -1;
  let bestY = -1;
  let best = Number.POSITIVE_INFINITY;

  for (let step = 0; step <= 2 * Math.max(startY, mostY - startY); step++) {
    // 0, +1, -1, +2, -2, …
    const y = startY + (step & 1 ? (step + 1) >> 1 : -(step >> 1));
    if (y < 0 || y > mostY) continue;
    const dy = y - goalY;
    if (dy * dy >= best) {
      if (farther(y)) break;
      continue;
    }
    const row = y * stride;
    // Only what could still be nearer.
    const reach = Math.min(Math.sqrt((best - dy * dy) / xWeight), width + Math.abs(goalX));
    const lastChunk = Math.min(mostX, goalX + reach) >> 5;
    let chunk = Math.max(0, goalX - reach) >> 5;
    // The first run alone rules out most places; of its words the right one is the left one of the next 32 places.
    const firstRow = row + firstOffset;
    let right = bits[firstRow + chunk]!;
    for (; chunk <= lastChunk; chunk++) {
      const left = right;
      right = bits[firstRow + chunk + 1]!;
      let taken = (left >>> firstShift) | ((right << 1) << (31 - firstShift));
      if (taken === -1) continue;
      const base = row + chunk;
      for (let i = 1; i < count; i++) {
        const word = base + offsets[i]!;
        const shift = shifts[i]!;
        taken |= (bits[word]! >>> shift) | ((bits[word + 1]! << 1) << (31 - shift));
        if (taken === -1) break;
      }
      if (taken === -1) continue;
      const first = chunk * 32;
      let free = ~taken;
      while (free !== 0) {
        const bit = 31 - Math.clz32(free & -free);
        free &= free - 1;
        const x = first + bit;
        if (x > mostX) break;
        const dx = x - goalX;
        const distance = dx * dx * xWeight + dy * dy;
        if (distance < best) [best, bestX, bestY] = [distance, x, y];
      }
    }
  }
  return bestX < 0 ? undefined : { x: bestX, y: bestY };

  /** Rows are visited in turns below and above: can none of those still to come be nearer than the best? */
  function farther(y: number): boolean {
    const distance = Math.abs(y - startY);
    const below = Math.max(0, startY + distance - goalY);
    const above = Math.max(0, goalY - startY + distance);
    return below * below >= best && above * above >= best;
  }
}

/** A large prime. */
const MIXER = 7919;

/** For each run the two lookups that cover it, as distance in words and bits. Long runs first: they are taken most often. */
function prepare({ height, stride }: Occupancy, { runs }: Sprite) {
  const total = runs.length / 3;
  // Length and index as one number: numbers are sorted several times as fast as by a comparison. Of equal ones, such as the rows
  // of a stem, neighbours would find the same cells taken; so they are mixed.
  const order = new Float64Array(total);
  for (let i = 0; i < total; i++) order[i] = (runs[i * 3 + 2]! * total + ((i * MIXER) % total)) * total + i;
  order.sort();
  const plane = height * stride;
  const offsets = new Int32Array(total * 2);
  const shifts = new Int32Array(total * 2);
  let count = 0;
  let late = total * 2;
  for (let rank = total - 1; rank >= 0; rank--) {
    const i = order[rank]! % total;
    const x = runs[i * 3]!;
    const y = runs[i * 3 + 1]!;
    const length = runs[i * 3 + 2]!;
    const level = 31 - Math.clz32(length);
    const row = level * plane + y * stride;
    offsets[count] = row + (x >> 5);
    shifts[count++] = x & 31;
    if (length === 1 << level) continue;
    // Much of what the second lookup sees the first one has seen: later.
    const second = x + length - (1 << level);
    offsets[--late] = row + (second >> 5);
    shifts[late] = second & 31;
  }
  offsets.copyWithin(count, late);
  shifts.copyWithin(count, late);
  count += total * 2 - late;
  return { offsets, shifts, count };
}

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);
