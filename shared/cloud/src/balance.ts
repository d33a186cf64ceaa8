/** Puts the cloud as a whole into the middle. */
import type { Area } from './area.ts';
import type { LaidOut } from './layout-types.ts';
import { boxOf } from './stamp.ts';

/**
 * Moves all words together, by whole cells, so that as much is left free on one side as on the other: where words are few,
 * the nearest free places make a cloud that leans to a side. Only where all of the picture is free, less its edge.
 */
export function balanced(placed: readonly LaidOut[], area: Area): LaidOut[] {
  const first = area.inside.indexOf(1);
  const last = area.inside.lastIndexOf(1);
  const [left, top] = [first % area.width, Math.floor(first / area.width)];
  const [right, bottom] = [(last % area.width) + 1, Math.floor(last / area.width) + 1];
  if (placed.length === 0 || area.cells !== (right - left) * (bottom - top)) return [...placed];
  const free = { left: Infinity, right: Infinity, top: Infinity, bottom: Infinity };
  for (const { item, x, y, size, angle } of placed) {
    const box = boxOf({ shape: item.shape, size, angle });
    free.left = Math.min(free.left, x - box.width / 2 - left);
    free.right = Math.min(free.right, right - x - box.width / 2);
    free.top = Math.min(free.top, y - box.height / 2 - top);
    free.bottom = Math.min(free.bottom, bottom - y - box.height / 2);
  }
  // Towards zero: never out of the area on the other side.
  const moveX = Math.trunc((free.right - free.left) / 2);
  const moveY = Math.trunc((free.bottom - free.top) / 2);
  return placed.map((word) => ({ ...word, x: word.x + moveX, y: word.y + moveY }));
}
