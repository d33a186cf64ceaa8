/**
 * An earlier layout as a hint. Its words go where they were; a word that cannot, or that is new, first looks for room where none
 * of them stood, so that it does not drive the next one from its place, and that another.
 */
import type { Former, LayoutWord, Setting } from './layout-types.ts';
import type { Occupancy } from './occupancy.ts';
import { type Found, place, takeWithMargin } from './place.ts';
import type { Plan } from './plan.ts';
import { hullOf, makeSprite } from './sprite.ts';

/** So far from its old place, in cells, a word still counts as being there. */
const NEAR = 1.5;
/** A word rather becomes smaller, down to this share, than drive others from their places. */
const LEAST_KEPT = 0.8;
const SHRINK = 0.97;
/** An earlier layout's first size is taken up from this share of the usual one. */
const LEAST_FORMER = 0.45;

/**
 * The first size of the earlier layout: with another one, every word would move. Only when half of the words at least are
 * as they were, and they would not be much too small.
 */
export function formerSize(
  words: readonly LayoutWord[],
  { minSize, hooks }: Setting,
  usual: number,
): number | undefined {
  const kept = words.flatMap(({ word, weight, share }) => {
    const before = hooks.former?.get(word);
    return before?.weight === weight ? [{ size: before.size, share }] : [];
  });
  if (kept.length * 2 < words.length) return undefined;
  // Those of the smallest size may have been enlarged to it; those that found no room are smaller than by their share.
  const size = Math.max(0, ...kept.filter((word) => word.size > minSize * 1.01).map((word) => word.size / word.share));
  return size >= usual * LEAST_FORMER ? size : undefined;
}

/** The places of the earlier layout, for a new one of the same area. */
export interface Reserved {
  /** What is taken, by this layout or by the earlier one. */
  occupancy: Occupancy;
  /** For each cell the word that has ink there in the earlier layout: its number in the plans, from 1. */
  owners: Uint16Array;
}

/** @param occupancy all of the area is free; it becomes part of what is returned */
export function reserve(occupancy: Occupancy, plans: readonly Plan[], former: Former, setting: Setting): Reserved {
  const { width, height } = occupancy;
  const owners = new Uint16Array(width * height);
  for (const [index, { item }] of plans.entries()) {
    const before = former.get(item.word);
    if (before === undefined) continue;
    const { angle, size } = before;
    const sprite = makeSprite(setting.stamp, { shape: item.shape, size, angle });
    const [x, y] = [Math.round(before.x - sprite.centerX), Math.round(before.y - sprite.centerY)];
    if (x < 0 || y < 0 || x + sprite.width > width || y + sprite.height > height) continue;
    const runs = item.solid ? hullOf(sprite.runs) : sprite.runs;
    takeWithMargin(occupancy, { laidOut: { item, x, y, size, angle }, runs, x, y }, setting.margin);
    for (let i = 0; i < runs.length; i += 3) {
      const from = (y + runs[i + 1]!) * width + x + runs[i]!;
      owners.fill(index + 1, from, from + runs[i + 2]!);
    }
  }
  return { occupancy, owners };
}

/**
 * As `place`, but where the word was, a little smaller if need be, unless it would drive out another one; or else where no word was;
 * only then anywhere.
 *
 * @param index of the word in the plans
 */
export function placeNear(
  occupancy: Occupancy,
  reserved: Reserved,
  index: number,
  plan: Plan,
  size: number,
  least: number,
  setting: Setting,
): Found | undefined {
  const { stamp, hooks, margin } = setting;
  const leastKept = Math.min(size, Math.max(least, size * LEAST_KEPT));
  if (hooks.former?.has(plan.item.word)) {
    for (let now = size; now >= leastKept; now *= SHRINK) {
      const found = place(occupancy, { ...plan, angles: plan.angles.slice(0, 1) }, now, now, stamp);
      if (found && isNear(found, plan) && !drivesOut(found, reserved.owners, index, occupancy, margin)) return found;
    }
  }
  return place(reserved.occupancy, plan, size, leastKept, stamp) ?? place(occupancy, plan, size, least, stamp);
}

const isNear = ({ laidOut }: Found, { goal }: Plan): boolean =>
  Math.hypot(laidOut.x - goal.x, laidOut.y - goal.y) <= NEAR;

/** Would the word, with its margin, take cells of a later one? */
function drivesOut(
  { runs, x, y }: Found,
  owners: Uint16Array,
  index: number,
  { width, height }: Occupancy,
  margin: number,
): boolean {
  for (let i = 0; i < runs.length; i += 3) {
    const row = y + runs[i + 1]!;
    const [from, to] = [x + runs[i]! - margin, x + runs[i]! + runs[i + 2]! + margin];
    for (let near = Math.max(0, row - margin); near <= Math.min(height - 1, row + margin); near++) {
      for (let at = Math.max(0, from); at < Math.min(width, to); at++)
        if (owners[near * width + at]! > index + 1) return true;
    }
  }
  return false;
}
