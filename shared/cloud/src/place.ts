/** Puts one word on the grid, and takes its cells. */
import { findPlace } from './find-place.ts';
import type { LaidOut } from './layout-types.ts';
import { type Occupancy, take, updateRow } from './occupancy.ts';
import { type Plan, wordSpace } from './plan.ts';
import { hullOf, makeSprite, type Runs } from './sprite.ts';
import { boxOf, type Stamp } from './stamp.ts';

/** A word that does not fit is made smaller by this. */
const SHRINK = 0.94;

export interface Found {
  laidOut: LaidOut;
  runs: Runs;
  /** Upper left corner of the sprite, in cells. */
  x: number;
  y: number;
}

/**
 * The free place nearest to the goal, at the largest size from `size` down to `least` for which there is one.
 *
 * @returns undefined when there is none
 */
export function place(occupancy: Occupancy, plan: Plan, size: number, least: number, stamp: Stamp): Found | undefined {
  const { item, angles, goal } = plan;
  for (let now = size; now >= least; now = now > least ? Math.max(now * SHRINK, least) : 0) {
    for (const angle of angles) {
      const placement = { shape: item.shape, size: now, angle };
      const box = boxOf(placement);
      if (box.width + 2 > occupancy.width || box.height + 2 > occupancy.height) continue;
      const sprite = makeSprite(stamp, placement);
      const spot = findPlace(occupancy, sprite, goal);
      if (spot === undefined) continue;
      const laidOut = { item, size: now, angle, x: spot.x + sprite.centerX, y: spot.y + sprite.centerY };
      return { laidOut, runs: item.solid ? hullOf(sprite.runs) : sprite.runs, ...spot };
    }
  }
  return undefined;
}

/**
 * Takes the cells of a word and those around it. Since later words are smaller, the distance that a word keeps from them is
 * its own; along the line it is larger, or two words would be read as one.
 */
export function takeWithMargin(occupancy: Occupancy, { laidOut, runs, x, y }: Found, margin: number): void {
  const along = Math.max(margin, Math.round(laidOut.size * wordSpace(laidOut.item)));
  const upright = Math.abs(laidOut.angle) > 45;
  const [marginX, marginY] = upright ? [margin, along] : [along, margin];
  let [top, bottom] = [occupancy.height, -1];
  for (let i = 0; i < runs.length; i += 3) {
    const row = y + runs[i + 1]!;
    const [from, to] = [Math.max(0, row - marginY), Math.min(occupancy.height - 1, row + marginY)];
    take(occupancy, x + runs[i]! - marginX, runs[i + 2]! + 2 * marginX, from, to);
    top = Math.min(top, from);
    bottom = Math.max(bottom, to);
  }
  for (let row = top; row <= bottom; row++) updateRow(occupancy, row);
}
