import { isInstanceFault, type Outcome } from './outcome.ts';
import type { RemoteInstance } from './remote-instance.ts';

/**
 * Asks a second instance when the first takes long; the first good answer counts, and the other call is ended. It costs a few calls more
 * and saves waiting for the slowest.
 *
 * @see Dean and Barroso, "The Tail at Scale" (2013)
 * @param second chooses the other; undefined: there is none, or it would cost too much
 * @param afterMs until the other is asked
 */
export async function hedge(
  first: RemoteInstance,
  second: () => RemoteInstance | undefined,
  call: (instance: RemoteInstance, signal: AbortSignal) => Promise<Outcome>,
  afterMs: number,
  parent: AbortSignal | undefined,
): Promise<Outcome> {
  const ending = new AbortController();
  const onParentAbort = () => ending.abort(parent?.reason);
  parent?.addEventListener('abort', onParentAbort, { once: true });
  const result = Promise.withResolvers<Outcome>();
  let running = 1;
  const follow = (outcome: Outcome) => {
    running--;
    const isGood = outcome.kind === 'answered' && !isInstanceFault(outcome);
    if (isGood || running === 0) result.resolve(outcome);
  };
  void call(first, ending.signal).then(follow);
  const timer = setTimeout(() => {
    const other = second();
    if (other === undefined) return;
    running++;
    void call(other, ending.signal).then(follow);
  }, afterMs);
  try {
    return await result.promise;
  } finally {
    clearTimeout(timer);
    parent?.removeEventListener('abort', onParentAbort);
    ending.abort(new Error('another instance was quicker'));
  }
}
