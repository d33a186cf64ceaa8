import type { Clock, Timer } from '../clock.ts';

/**
 * The shortest time for which a node is suspected: `mult × max(1, log10 n) × probe interval`, so that a suspicion and its
 * refutation have the time to travel through n nodes.
 */
export function suspicionTimeout(mult: number, nodes: number, intervalMs: number): number {
  const scale = Math.max(1, Math.log10(Math.max(1, nodes)));
  return (mult * Math.trunc(scale * 1000) * intervalMs) / 1000;
}

/**
 * The time that is left of a suspicion: it falls from `max` to `min` with the logarithm of the number of nodes that confirm it.
 * Negative when it should be over already.
 */
export function remainingSuspicionTime(
  confirmations: number,
  expected: number,
  elapsedMs: number,
  minMs: number,
  maxMs: number,
): number {
  const fraction = Math.log(confirmations + 1) / Math.log(expected + 1);
  const timeout = Math.floor(maxMs - fraction * (maxMs - minMs));
  return Math.max(minMs, timeout) - elapsedMs;
}

export interface SuspicionOptions {
  clock: Clock;
  /** The first accuser. */
  from: string;
  /** How many more accusers shorten it to the minimum; 0: nobody is there to confirm, so it starts with the minimum. */
  expected: number;
  minMs: number;
  maxMs: number;
  /** Called once when nobody refuted in time. */
  onTimeout: () => void;
}

/**
 * One node under suspicion: Lifeguard's dynamic timeout ("dogpile"). A suspicion that only one node holds lasts long, since that
 * node may itself be the sick one; each further accuser shortens it.
 *
 * @see "Lifeguard", section 4.2
 */
export class Suspicion {
  readonly #options: SuspicionOptions;
  readonly #accusers: Set<string>;
  readonly #start: number;
  #timer: Timer;
  #due: number;
  #isOver = false;

  constructor(options: SuspicionOptions) {
    this.#options = options;
    this.#accusers = new Set([options.from]);
    this.#start = options.clock.now();
    const timeout = options.expected < 1 ? options.minMs : options.maxMs;
    this.#due = this.#start + timeout;
    this.#timer = this.#arm(timeout);
  }

  /** How many others have confirmed it. */
  get confirmations(): number {
    return this.#accusers.size - 1;
  }

  /** Counts an accuser. @returns whether that is news */
  confirm(from: string): boolean {
    const { clock, expected, minMs, maxMs } = this.#options;
    if (this.#isOver || this.confirmations >= expected || this.#accusers.has(from)) return false;
    this.#accusers.add(from);
    const elapsed = clock.now() - this.#start;
    const remaining = remainingSuspicionTime(this.confirmations, expected, elapsed, minMs, maxMs);
    this.#timer.cancel();
    this.#due = clock.now() + Math.max(0, remaining);
    this.#timer = this.#arm(Math.max(0, remaining));
    return true;
  }

  cancel(): void {
    this.#isOver = true;
    this.#timer.cancel();
  }

  #arm(ms: number): Timer {
    const { clock, minMs, onTimeout } = this.#options;
    return clock.after(ms, () => {
      // A timer that fires long after its time was held up by this process itself (busy, or stopped). A refutation may be
      // waiting in the socket, so it gets the time to be read.
      const late = clock.now() - this.#due;
      if (late > minMs / 2) {
        this.#due = clock.now() + minMs / 2;
        this.#timer = this.#arm(minMs / 2);
      } else {
        this.#isOver = true;
        onTimeout();
      }
    });
  }
}
