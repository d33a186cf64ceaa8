/** One try of a layout: all words once, the heaviest first. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Area } from './area.ts';
import { placeNear, reserve } from './former.ts';
import type { Layout, Setting } from './layout-types.ts';
import { createOccupancy, type Occupancy } from './occupancy.ts';
import { place, takeWithMargin } from './place.ts';
import type { Plan } from './plan.ts';

/** After so many words others get their turn, a caller who has gone above all. */
const BATCH = 50;

/** A try given up because the words are too large: the share of them, by area, that had found room by then. */
export interface GivenUp {
  share: number;
}

/**
 * Lays out all words once.
 *
 * @param leastOf down to what size a word may shrink
 * @param isLast skip a word for which there is no room, instead of giving up
 */
export async function tryOut(
  plans: readonly Plan[],
  setting: Setting,
  leastOf: (plan: Plan) => number,
  isLast: boolean,
): Promise<Layout | GivenUp> {
  const { area, margin, stamp, hooks } = setting;
  const occupancy = freeOccupancy(area);
  const reserved = hooks.former && reserve(freeOccupancy(area), plans, hooks.former, setting);
  const layout: Layout = { placed: [], skipped: [], occupancy };
  let cap = Number.POSITIVE_INFINITY;
  for (const [index, plan] of plans.entries()) {
    if (index % BATCH === 0) {
      await turn();
      hooks.signal?.throwIfAborted();
      hooks.onPercent(Math.round((index / plans.length) * 100));
    }
    const [size, least] = [Math.min(plan.size, cap), leastOf(plan)];
    const found = reserved
      ? placeNear(occupancy, reserved, index, plan, size, least, setting)
      : place(occupancy, plan, size, least, stamp);
    if (found) {
      takeWithMargin(occupancy, found, margin);
      if (reserved) takeWithMargin(reserved.occupancy, found, margin);
      layout.placed.push(found.laidOut);
      cap = found.laidOut.size;
    } else if (!isLast) return { share: areaOf(plans.slice(0, index)) / areaOf(plans) };
    else layout.skipped.push(plan.item);
  }
  hooks.onPercent(100);
  return layout;
}

/** An occupancy in which all of the area is free. */
export const freeOccupancy = (area: Area): Occupancy =>
  createOccupancy(area.width, area.height, (x, y) => area.inside[y * area.width + x] === 0);

const areaOf = (plans: readonly Plan[]): number =>
  plans.reduce((sum, { item, size }) => sum + item.shape.width * item.shape.height * size * size, 0);
