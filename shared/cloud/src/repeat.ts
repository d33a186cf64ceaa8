/** Fills what is left of the area with smaller copies of the words. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Layout, Setting } from './layout-types.ts';
import { place, takeWithMargin } from './place.ts';
import { planCopies } from './plan.ts';
import { createRandom } from './random.ts';

/** Each size that is tried is smaller by this than the last one. */
const STEP = 0.82;
/** Share of the words that must find room for a size to be tried again. */
const LEAST_FITTING = 0.5;
/** More copies than this are dust. */
const MOST_COPIES = 3000;

/**
 * Adds the copies to the layout: at each size all words in turns, until most of them find no room, or the short ones would be
 * everywhere; then the next smaller size. At the smallest one, until none finds room.
 */
export async function fillWithCopies(layout: Layout, setting: Setting): Promise<void> {
  const { area, margin, minSize, stamp, options, hooks } = setting;
  const random = createRandom(options.seed ^ 0xc0b1e5);
  const words = layout.placed.map(({ item }) => item);
  let copies = 0;
  // Never larger than a word that stands already: sizes go on in their order.
  let size = Math.max(minSize, (layout.placed.at(-1)?.size ?? 0) * STEP);
  for (let isLast = false; !isLast; size = Math.max(minSize, size * STEP)) {
    isLast = size <= minSize;
    const least = isLast ? 1 : words.length * LEAST_FITTING;
    for (let fitting = words; fitting.length >= least; ) {
      const before = fitting;
      fitting = [];
      await turn();
      hooks.signal?.throwIfAborted();
      for (const plan of planCopies(before, area, size, options, random)) {
        if (copies === MOST_COPIES) return;
        const found = place(layout.occupancy, plan, size, size, stamp);
        if (found === undefined) continue;
        takeWithMargin(layout.occupancy, found, margin);
        layout.placed.push({ ...found.laidOut, isCopy: true });
        copies++;
        fitting.push(plan.item);
      }
    }
  }
}
