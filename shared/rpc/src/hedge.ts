import type { Operation } from '@wordcloud/contracts';
import { mayRepeat, type Outcome } from './outcome.ts';
import type { RemoteInstance } from './remote-instance.ts';

export interface HedgeOptions {
  operation: Operation;
  first: RemoteInstance;
  /** Chooses the other; undefined: there is none, or it would cost too much. */
  second: () => RemoteInstance | undefined;
  /** Never rejects. */
  call: (instance: RemoteInstance, signal: AbortSignal) => Promise<Outcome>;
  /** Milliseconds until the other is asked. */
  afterMs: number;
  /** The caller's; not aborted yet. */
  parent: AbortSignal | undefined;
}

/**
 * Asks a second instance when the first takes long; the first answer that nobody would ask for again counts, and the other call is ended.
 * It costs a few calls more and saves waiting for the slowest.
 *
 * @see Dean and Barroso, "The Tail at Scale" (2013)
 */
export async function hedge({ operation, first, second, call, afterMs, parent }: HedgeOptions): Promise<Outcome> {
  const ending = new AbortController();
  const onParentAbort = () => ending.abort(parent?.reason);
  parent?.addEventListener('abort', onParentAbort, { once: true });
  const result = Promise.withResolvers<Outcome>();
  let running = 1;
  const follow = (outcome: Outcome) => {
    running--;
    const isGood = outcome.kind === 'answered' && !mayRepeat(operation, outcome);
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
