import type { Clock, Timer } from '../clock.ts';
import type { Ack } from '../wire/messages.ts';

export interface AckHandlers {
  onAck(ack: Ack): void;
  onNack?(): void;
  /** Nobody answered in time. */
  onExpired?(): void;
}

/** The questions that wait for an answer, by their sequence number. */
export class Acknowledgements {
  readonly #clock: Clock;
  readonly #waiting = new Map<number, AckHandlers & { timer: Timer | undefined }>();
  #sequence: number;

  /** @param sequence the last number that was used */
  constructor(clock: Clock, sequence = 0) {
    this.#clock = clock;
    this.#sequence = sequence;
  }

  /** The next sequence number: from 1 up, 32 bits; 0 is never used. */
  next(): number {
    this.#sequence = this.#sequence >= 0xffff_ffff ? 1 : this.#sequence + 1;
    return this.#sequence;
  }

  /** Waits for the answer to a question: `ms` milliseconds, or until `forget`. */
  expect(seqNo: number, handlers: AckHandlers, ms?: number): void {
    const timer =
      ms === undefined
        ? undefined
        : this.#clock.after(ms, () => {
            this.#waiting.delete(seqNo);
            handlers.onExpired?.();
          });
    this.#waiting.set(seqNo, { ...handlers, timer });
  }

  /** Gives up waiting. */
  forget(seqNo: number): void {
    this.#waiting.get(seqNo)?.timer?.cancel();
    this.#waiting.delete(seqNo);
  }

  /** An answer came; one that nobody waits for any more is ignored. */
  ack(ack: Ack): void {
    const handlers = this.#waiting.get(ack.seqNo);
    if (!handlers) return;
    this.forget(ack.seqNo);
    handlers.onAck(ack);
  }

  /** A helper says that it got no answer either; the answer may still come. */
  nack(seqNo: number): void {
    this.#waiting.get(seqNo)?.onNack?.();
  }

  clear(): void {
    for (const seqNo of [...this.#waiting.keys()]) this.forget(seqNo);
  }
}
