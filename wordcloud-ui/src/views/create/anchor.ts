/** Where something small belongs that explains something: beside it, and within its frame. Pixels, from the frame's corner. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Spot {
  left: number;
  top: number;
}

/** Distance from what is explained. */
const GAP = 8;

/**
 * Above the target or, where there is no room, below it; centred as far as the frame allows.
 *
 * @param target in the frame
 * @param prefer the side to try first
 */
export function spotFor(
  target: Box,
  size: { width: number; height: number },
  frame: { width: number; height: number },
  prefer: 'above' | 'below',
): Spot {
  const wished = target.left + target.width / 2 - size.width / 2;
  const left = Math.max(0, Math.min(wished, frame.width - size.width));
  const above = target.top - GAP - size.height;
  const below = target.top + target.height + GAP;
  const fitsBelow = below + size.height <= frame.height;
  const isAbove = prefer === 'above' ? above >= 0 || !fitsBelow : !fitsBelow && above >= 0;
  return { left, top: isAbove ? above : below };
}
