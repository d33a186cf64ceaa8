/** Work that a service does again and again beside its requests. */
import { setTimeout as pause } from 'node:timers/promises';

export interface Repetition {
  /** Resolves when a run that is under way has ended. */
  stop(): Promise<void>;
}

/** Runs `work` every `ms` milliseconds, never twice at once; an error is reported and the next run comes all the same. */
export function every(ms: number, work: () => Promise<unknown>, onError: (error: unknown) => void): Repetition {
  const stopping = new AbortController();
  const loop = async () => {
    while (!stopping.signal.aborted) {
      await work().catch(onError);
      await pause(ms, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const looping = loop();
  return {
    async stop() {
      stopping.abort();
      await looping;
    },
  };
}
