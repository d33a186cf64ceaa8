/** Pauses between two tries. */

/** Waits for so many milliseconds, or less: until the network is back, the page is looked at again, or the signal. */
export function waitOrWake(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const listening = new AbortController();
    const done = () => {
      clearTimeout(timer);
      listening.abort();
      resolve();
    };
    const timer = setTimeout(done, ms);
    if (signal?.aborted) return done();
    addEventListener('online', done, listening);
    document.addEventListener('visibilitychange', done, listening);
    signal?.addEventListener('abort', done, listening);
  });
}

/** A little more or less each time, so that not all who wait ask at once. */
export const jittered = (ms: number, random = Math.random): number => ms * (0.75 + random() / 2);
