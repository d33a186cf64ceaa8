import { type Decision, gcra, type Limit } from './gcra.ts';

export interface LocalLimiter {
  /** @param cost default 1; 0 looks only */
  allow(key: string, limit: Limit, cost?: number): Decision;
  /** Keys that are remembered. */
  readonly size: number;
}

export interface LocalLimiterOptions {
  /** Keys at most: then those that were asked about longest ago are forgotten, and may begin anew. Default 50,000, about 12 MB. */
  maxKeys?: number;
  /** Milliseconds, any beginning; default performance.now. */
  now?: () => number;
}

/** How often all keys are looked through for those that have expired. */
const SWEEP_MS = 60_000;
/** How much goes at once when it is full: to find the oldest in a map takes longer, the more was deleted before it. */
const SHARE = 1 / 16;

/** Limits within this process. */
export function createLocalLimiter(options: LocalLimiterOptions = {}): LocalLimiter {
  const { maxKeys = 50_000, now: clock = () => performance.now() } = options;
  /** Theoretical arrival times, the key that was asked about last at the end. */
  const tats = new Map<string, number>();
  let sweptAt = clock();

  const sweep = (now: number) => {
    sweptAt = now;
    for (const [key, tat] of tats) if (tat <= now) tats.delete(key);
  };

  const makeRoom = (now: number) => {
    sweep(now);
    let surplus = tats.size - Math.floor(maxKeys * (1 - SHARE));
    for (const key of tats.keys()) {
      if (surplus-- <= 0) return;
      tats.delete(key);
    }
  };

  return {
    allow(key, limit, cost = 1) {
      const now = clock();
      if (now - sweptAt >= SWEEP_MS) sweep(now);
      const tat = tats.get(key);
      const decision = gcra(limit, (tat ?? now) - now, cost);
      const next = decision.allowed > 0 ? now + decision.resetAfterMs : tat;
      if (next === undefined) return decision;
      tats.delete(key);
      tats.set(key, next);
      if (tats.size > maxKeys) makeRoom(now);
      return decision;
    },
    get size() {
      return tats.size;
    },
  };
}
