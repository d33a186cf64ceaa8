/** Answers that wait for something to happen: at once when it happens in this process, within moments when in another. */
import type { FastifyInstance } from 'fastify';

/** How often to look for what other instances did. */
const LOOK_MS = 200;

export interface LongPoll {
  /** Something may have happened: everyone who waits looks again. */
  notify(): void;
  /**
   * Reads until there is something, the time is over, the caller has gone, or the server closes.
   *
   * @returns what was read last
   */
  until<T>(read: () => Promise<T>, isEnough: (value: T) => boolean, waitMs: number, signal: AbortSignal): Promise<T>;
}

export function createLongPoll(server: FastifyInstance): LongPoll {
  const sleepers = new Set<() => void>();
  let closing = false;
  const notify = () => {
    for (const wake of sleepers) wake();
  };
  // Waiting requests would keep the server from closing.
  server.addHook('preClose', async () => {
    closing = true;
    notify();
  });

  const sleep = (ms: number, signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal.addEventListener('abort', wake);
      sleepers.add(wake);
    });

  return {
    notify,
    async until(read, isEnough, waitMs, signal) {
      const giveUpAt = performance.now() + waitMs;
      for (;;) {
        const value = await read();
        const left = giveUpAt - performance.now();
        if (isEnough(value) || left <= 0 || closing || signal.aborted) return value;
        await sleep(Math.min(left, LOOK_MS), signal);
        // What is read may be handed out by that: not to somebody who is gone.
        if (signal.aborted) return value;
      }
    },
  };
}
