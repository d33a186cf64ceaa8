import { ProblemError } from '@wordcloud/contracts';
import type { BulkheadLoad, BulkheadMetrics } from './bulkhead-metrics.ts';

export interface BulkheadOptions {
  /** Stands in errors, metrics and on the status page. */
  name: string;
  /** Pieces of work at once, from 1. */
  workers: number;
  /** Pieces of work that may wait; one more is refused. */
  queue: number;
  /** Milliseconds that one may wait; 0: none waits. */
  maxWaitMs: number;
  metrics?: BulkheadMetrics;
  /** Milliseconds, any beginning; default performance.now. */
  now?: () => number;
}

export interface BulkheadState extends BulkheadLoad {
  queue: number;
  maxWaitMs: number;
  /** Since the start: found the queue full, or waited too long. */
  refused: number;
}

/** Gives the place back; only the first call counts. */
export type Release = () => void;

export interface Bulkhead {
  /**
   * Does work when there is room for it, in the order in which it came.
   *
   * @param maxWaitMs waits no longer than this, where that is less than what all may wait
   * @throws ProblemError OVERLOADED when the queue is full or the wait too long
   * @throws the signal's reason when it aborts before the work has begun; then on, the work has to look itself
   */
  run<T>(work: () => Promise<T>, signal?: AbortSignal, maxWaitMs?: number): Promise<T>;
  /** Takes a place as `run` does, for work whose end is known elsewhere. Whoever has it must give it back. */
  acquire(signal?: AbortSignal, maxWaitMs?: number): Promise<Release>;
  state(): BulkheadState;
}

/**
 * Keeps one kind of work from taking everything, as a ship's bulkhead keeps water in one room.
 *
 * @see M. Nygard, "Release It!" (2007), chapter 5; goresilience, which knows no bound for the queue
 * @throws RangeError when a number is not allowed
 */
export function createBulkhead(options: BulkheadOptions): Bulkhead {
  return new QueuedBulkhead(options);
}

interface Waiter {
  endsAt: number;
  admit(): void;
  refuse(): void;
}

class QueuedBulkhead implements Bulkhead {
  readonly #name: string;
  readonly #workers: number;
  readonly #queue: number;
  readonly #maxWaitMs: number;
  readonly #metrics: BulkheadMetrics | undefined;
  readonly #now: () => number;
  /** First come, first served; a set, since whoever gives up may stand anywhere. */
  readonly #waiting = new Set<Waiter>();
  #running = 0;
  #refused = 0;

  constructor(options: BulkheadOptions) {
    const { name, workers, queue, maxWaitMs } = options;
    if (!(workers >= 1 && queue >= 0 && maxWaitMs >= 0)) {
      throw new RangeError(
        `bulkhead ${name}: got ${workers} workers, queue ${queue}, ${maxWaitMs} ms; at least 1, 0, 0`,
      );
    }
    this.#name = name;
    this.#workers = workers;
    this.#queue = queue;
    this.#maxWaitMs = maxWaitMs;
    this.#metrics = options.metrics;
    this.#now = options.now ?? (() => performance.now());
    this.#metrics?.watch(() => this.state());
  }

  async run<T>(work: () => Promise<T>, signal?: AbortSignal, maxWaitMs?: number): Promise<T> {
    const release = await this.acquire(signal, maxWaitMs);
    try {
      return await work();
    } finally {
      release();
    }
  }

  async acquire(signal?: AbortSignal, maxWaitMs = Number.POSITIVE_INFINITY): Promise<Release> {
    signal?.throwIfAborted();
    this.#metrics?.queued(this.#name);
    if (this.#running < this.#workers) return this.#begin();
    const waitMs = Math.min(maxWaitMs, this.#maxWaitMs);
    if (this.#waiting.size >= this.#queue || waitMs <= 0) {
      this.#metrics?.foundFull(this.#name);
      throw this.#refusal(`${this.#waiting.size} wait already`);
    }
    return this.#wait(waitMs, signal);
  }

  state(): BulkheadState {
    return {
      ...{ name: this.#name, workers: this.#workers, running: this.#running },
      ...{ waiting: this.#waiting.size, queue: this.#queue, maxWaitMs: this.#maxWaitMs, refused: this.#refused },
    };
  }

  #wait(waitMs: number, signal: AbortSignal | undefined): Promise<Release> {
    const { promise, resolve, reject } = Promise.withResolvers<Release>();
    const leave = () => {
      this.#waiting.delete(waiter);
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
    };
    const giveUp = () => {
      leave();
      reject(signal?.reason);
    };
    const waiter: Waiter = {
      endsAt: this.#now() + waitMs,
      admit: () => {
        leave();
        resolve(this.#begin());
      },
      refuse: () => {
        leave();
        this.#metrics?.waitedTooLong(this.#name);
        reject(this.#refusal(`none has become free in ${Math.round(waitMs)} ms`));
      },
    };
    const timer = setTimeout(waiter.refuse, waitMs);
    signal?.addEventListener('abort', giveUp);
    this.#waiting.add(waiter);
    return promise;
  }

  #begin(): Release {
    this.#running++;
    this.#metrics?.processed(this.#name);
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      this.#running--;
      this.#admitNext();
    };
  }

  #admitNext(): void {
    const now = this.#now();
    for (const waiter of this.#waiting) {
      // Timers are late when the event loop was held up.
      if (waiter.endsAt > now) {
        waiter.admit();
        return;
      }
      waiter.refuse();
    }
  }

  #refusal(why: string): ProblemError {
    this.#refused++;
    const detail = `All ${this.#workers} places of ${this.#name} are taken, and ${why}.`;
    return new ProblemError('OVERLOADED', detail, { retryAfterSeconds: 1, sent: false });
  }
}
