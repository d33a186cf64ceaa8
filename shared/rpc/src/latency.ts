/** How long calls took lately, for balancing and for people. */

/** Milliseconds in which an average loses two thirds of its memory. */
const MEMORY_MS = 10_000;

/**
 * An average of the last seconds. It fades while nothing comes: who was slow once is tried again.
 *
 * @see Finagle, "Peak EWMA" (com.twitter.finagle.loadbalancer.PeakEwmaLoad)
 */
export class MovingAverage {
  #value: number | undefined;
  #at = 0;

  add(ms: number, now: number): void {
    const kept = this.#value === undefined ? 0 : Math.exp((this.#at - now) / MEMORY_MS);
    // Slower than known counts at once, faster little by little.
    this.#value = this.#value === undefined || ms > this.#value ? ms : this.#value * kept + ms * (1 - kept);
    this.#at = now;
  }

  /** @returns milliseconds; undefined before the first */
  read(now: number): number | undefined {
    return this.#value === undefined ? undefined : this.#value * Math.exp((this.#at - now) / MEMORY_MS);
  }
}

/** Calls before an average means something, the share of the newest, and milliseconds until it is too old to compare with. */
const [ENOUGH_CALLS, NEWEST_SHARE, OLD_MS] = [5, 0.1, 60_000];

/** How long an operation usually takes: an average that does not fade, for comparing instances. */
export class Pace {
  #mean = 0;
  #calls = 0;
  #at = 0;

  add(ms: number, now: number): void {
    this.#calls++;
    this.#mean += (ms - this.#mean) * Math.max(NEWEST_SHARE, 1 / this.#calls);
    this.#at = now;
  }

  /** @returns milliseconds; undefined when there is too little to say so */
  read(now: number): number | undefined {
    return this.#calls >= ENOUGH_CALLS && now - this.#at < OLD_MS ? this.#mean : undefined;
  }
}

/** The last durations, for quantiles. */
export class LatencyWindow {
  readonly #durations = new Float64Array(512);
  #count = 0;

  add(ms: number): void {
    this.#durations[this.#count++ % this.#durations.length] = ms;
  }

  /** @returns milliseconds for each quantile from 0 to 1; null before the first call */
  quantiles<const Q extends readonly number[]>(wanted: Q): { [K in keyof Q]: number | null } {
    const sorted = this.#durations.slice(0, Math.min(this.#count, this.#durations.length)).sort();
    return wanted.map((q) => (sorted.length === 0 ? null : sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)]!)) as {
      [K in keyof Q]: number | null;
    };
  }
}

/** The last durations of each operation. */
export class LatencyWindows {
  readonly #windows = new Map<string, LatencyWindow>();

  of(operationId: string): LatencyWindow {
    let window = this.#windows.get(operationId);
    if (window === undefined) {
      window = new LatencyWindow();
      this.#windows.set(operationId, window);
    }
    return window;
  }
}
