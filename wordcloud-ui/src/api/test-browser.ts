/** For tests: the parts of a browser by which tabs know of each other. */

type Work = (lock: Lock | null) => unknown;

/** Web Locks: one holder for each name, the others wait in turn. */
export function fakeLocks(): Pick<LockManager, 'request'> {
  const queues = new Map<string, Promise<unknown>>();
  const held = new Set<string>();
  const request = async (name: string, second: LockOptions | Work, third?: Work): Promise<unknown> => {
    const [options, work] = third === undefined ? [{}, second as Work] : [second as LockOptions, third];
    if (options.ifAvailable && held.has(name)) return work(null);
    const before = queues.get(name) ?? Promise.resolve();
    // Whoever asks first holds it at once, as with ifAvailable in a browser.
    const isFree = !held.has(name);
    held.add(name);
    const turn = (async () => {
      if (!isFree) await Promise.race([before, aborted(options.signal)]);
      held.add(name);
      try {
        return await work({ name, mode: 'exclusive' });
      } finally {
        held.delete(name);
      }
    })();
    queues.set(
      name,
      turn.catch(() => {}),
    );
    return turn;
  };
  return { request } as unknown as Pick<LockManager, 'request'>;
}

const aborted = (signal: AbortSignal | undefined) =>
  new Promise<never>((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));

/** BroadcastChannels of one name: each hears all others, not itself, and a moment later. */
export function fakeChannels(): () => BroadcastChannel {
  const tabs = new Set<EventTarget>();
  return () => {
    const tab = Object.assign(new EventTarget(), {
      postMessage(data: unknown) {
        const copy = structuredClone(data);
        for (const other of tabs) {
          if (other !== tab) queueMicrotask(() => other.dispatchEvent(new MessageEvent('message', { data: copy })));
        }
      },
    });
    tabs.add(tab);
    return tab as unknown as BroadcastChannel;
  };
}
