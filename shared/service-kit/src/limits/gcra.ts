/**
 * The generic cell rate algorithm: a leaky bucket that needs one number for each key, the theoretical arrival time (TAT), when all that was
 * let through is paid off. The results are go-redis_rate's (v10).
 *
 * @see ITU-T I.371, annex A; https://github.com/go-redis/redis_rate
 */

/** So many events in each period, evenly, and so many at once. */
export interface Limit {
  /** Events in each period; above 0, may be a fraction. */
  readonly rate: number;
  readonly periodMs: number;
  /** Events at once at most, a whole number from 1. */
  readonly burst: number;
}

export interface Decision {
  /** How many events may happen: as many as were asked for, or 0. */
  readonly allowed: number;
  /** How many more may happen now. */
  readonly remaining: number;
  /** Milliseconds until as many as were asked for may happen; -1 when they may now. */
  readonly retryAfterMs: number;
  /** Milliseconds until everything is as if nothing had happened. */
  readonly resetAfterMs: number;
}

/**
 * The part of the time between two events by which one may come early. Without it, rounding would take an event away now and then, as it
 * does in redis_rate since July 2025, when its clock outgrew 28 bits.
 */
export const TOLERANCE = 0.001;

/**
 * @param aheadMs how far the TAT lies ahead of now; what is past or unknown counts as 0, and what is too far ahead (the limit was lowered, a
 *   clock was set back) as if the burst had just been used up
 * @param cost events asked for; 0 to look only
 * @returns the decision; when it allows, the new TAT lies `resetAfterMs` ahead of now, else it stays
 */
export function gcra({ rate, periodMs, burst }: Limit, aheadMs: number, cost: number): Decision {
  const intervalMs = periodMs / rate;
  const mostMs = intervalMs * burst;
  const beforeMs = Math.min(Math.max(aheadMs, 0), mostMs);
  const afterMs = beforeMs + intervalMs * cost;
  const roomMs = mostMs - afterMs;
  const remaining = Math.floor(roomMs / intervalMs + TOLERANCE);
  return remaining < 0
    ? { allowed: 0, remaining: 0, retryAfterMs: -roomMs, resetAfterMs: beforeMs }
    : { allowed: cost, remaining, retryAfterMs: -1, resetAfterMs: afterMs };
}
