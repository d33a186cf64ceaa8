/** What moment it is, finely enough to tell the order of steps that take microseconds. */

export interface ClockSources {
  /** Milliseconds since 1970, whole ones; set by whoever looks after the machine. */
  wall: () => number;
  /** Milliseconds since any moment, in fine fractions; only goes forward. */
  elapsed: () => number;
  /** That moment, milliseconds since 1970. */
  origin: number;
}

/** The wall clock leaves out up to one; a little more is the work of whoever sets it. */
const MOST_APART_MS = 2;

/** @returns a clock of milliseconds since 1970 that goes forward evenly, until it is 2 ms away from the wall clock: then it follows that */
export function createPreciseClock({ wall, elapsed, origin }: ClockSources): () => number {
  let offset = origin;
  return () => {
    const now = elapsed();
    const truth = wall();
    if (Math.abs(now + offset - truth) > MOST_APART_MS) offset = truth - now;
    return now + offset;
  };
}

/** The same for all steps of this process. */
export const preciseNow = createPreciseClock({
  wall: () => Date.now(),
  elapsed: () => performance.now(),
  origin: performance.timeOrigin,
});
