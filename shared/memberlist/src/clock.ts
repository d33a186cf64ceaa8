/** Time as the library sees it. Tests and the simulation put a virtual clock in its place. */
export interface Clock {
  /** Milliseconds from an arbitrary start; never goes back. */
  now(): number;
  /** Milliseconds since 1970; may jump. */
  wallTime(): number;
  /** Calls once after `ms` milliseconds; the result cancels that. */
  after(ms: number, callback: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  wallTime: () => Date.now(),
  after(ms, callback) {
    const timeout = setTimeout(callback, ms);
    return { cancel: () => clearTimeout(timeout) };
  },
};

/**
 * Calls again and again, first after a random part of the interval, so that nodes that start together do not act together.
 *
 * @param intervalMs asked before each round; 0 or less stops for good
 */
export function startTicker(clock: Clock, random: () => number, intervalMs: () => number, tick: () => void): Timer {
  let timer: Timer | undefined;
  const wait = (ms: number) => {
    timer = clock.after(ms, () => {
      // The next round is planned first: a tick may stop the ticker.
      const interval = intervalMs();
      if (interval > 0) wait(interval);
      tick();
    });
  };
  const first = intervalMs();
  if (first > 0) wait(random() * first);
  return { cancel: () => timer?.cancel() };
}
