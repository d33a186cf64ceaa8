import type { Clock, Timer } from '../clock.ts';

/** A process's view of the clock: while it is stopped its timers do not fire, and afterwards all that are due fire at once. */
export class PausableClock implements Clock {
  readonly #clock: Clock;
  /** What fell due while stopped; undefined: not stopped. */
  #due: (() => void)[] | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isPaused(): boolean {
    return this.#due !== undefined;
  }

  now(): number {
    return this.#clock.now();
  }

  wallTime(): number {
    return this.#clock.wallTime();
  }

  after(ms: number, callback: () => void): Timer {
    let isCancelled = false;
    const run = () => {
      if (isCancelled) return;
      if (this.#due) this.#due.push(run);
      else callback();
    };
    const timer = this.#clock.after(ms, run);
    return {
      cancel() {
        isCancelled = true;
        timer.cancel();
      },
    };
  }

  pause(): void {
    this.#due ??= [];
  }

  resume(): void {
    const due = this.#due ?? [];
    this.#due = undefined;
    for (const run of due) run();
  }
}
