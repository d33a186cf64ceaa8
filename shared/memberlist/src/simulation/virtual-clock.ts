import type { Clock, Timer } from '../clock.ts';

interface Event {
  at: number;
  /** Events of one moment happen in the order in which they were planned. */
  order: number;
  callback: (() => void) | undefined;
}

/** Time that passes only when it is told to: what is planned for it happens at once, in order. */
export class VirtualClock implements Clock {
  /** A binary heap, the next event first. */
  readonly #heap: Event[] = [];
  #now = 0;
  #order = 0;

  now(): number {
    return this.#now;
  }

  wallTime(): number {
    return 1_700_000_000_000 + this.#now;
  }

  /** How much is planned. */
  get pending(): number {
    return this.#heap.filter(({ callback }) => callback !== undefined).length;
  }

  after(ms: number, callback: () => void): Timer {
    const event: Event = { at: this.#now + Math.max(0, ms), order: this.#order++, callback };
    this.#push(event);
    return {
      cancel() {
        event.callback = undefined;
      },
    };
  }

  /** Lets time pass, and does all that is planned for it; promises are not waited for. */
  advance(ms: number): void {
    const end = this.#now + ms;
    while (this.#heap.length > 0 && this.#heap[0]!.at <= end) this.#runNext();
    this.#now = end;
  }

  /**
   * Lets time pass until a promise settles; what waits for promises goes on between the events.
   *
   * @throws Error when it has not settled after `limitMs`
   */
  async settle<T>(promise: Promise<T>, limitMs = 600_000): Promise<T> {
    let settled = false;
    const mark = () => {
      settled = true;
    };
    promise.then(mark, mark);
    const end = this.#now + limitMs;
    for (;;) {
      await new Promise(setImmediate);
      if (settled) return promise;
      if (this.#now >= end) throw new Error(`nothing happened within ${limitMs} ms of virtual time`);
      const next = this.#heap[0];
      this.advance(Math.max(0, Math.min(end, next ? next.at : end) - this.#now));
    }
  }

  #runNext(): void {
    const event = this.#pop();
    this.#now = event.at;
    event.callback?.();
  }

  #push(event: Event): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(event);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(event, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = event;
  }

  #pop(): Event {
    const heap = this.#heap;
    const first = heap[0]!;
    const last = heap.pop()!;
    if (heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

const isBefore = (a: Event, b: Event): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
