import type { Logger } from './logger.ts';
import type { Delegate } from './options.ts';

/** The application's hooks; those that may not refuse anything do not throw either. */
export type GuardedDelegate = { readonly [Hook in keyof Delegate]-?: Delegate[Hook] | undefined };

/**
 * Logs what hooks throw and goes on as if they had nothing to say. Otherwise a fault of the application would end a probe half
 * way, and a living node be accused; or end the process, from a timer.
 */
export function guardDelegate(delegate: Delegate, logger: Logger): GuardedDelegate {
  const guard = <Args extends unknown[], Result>(
    name: keyof Delegate,
    hook: ((...args: Args) => Result) | undefined,
    otherwise: Result,
  ) =>
    hook &&
    ((...args: Args): Result => {
      try {
        return hook.apply(delegate, args);
      } catch (error) {
        logger.error({ error }, `the delegate's ${name} failed`);
        return otherwise;
      }
    });
  const nothing = new Uint8Array(0);
  return {
    broadcasts: guard('broadcasts', delegate.broadcasts, []),
    localState: guard('localState', delegate.localState, nothing),
    mergeRemoteState: guard('mergeRemoteState', delegate.mergeRemoteState, undefined),
    ackPayload: guard('ackPayload', delegate.ackPayload, nothing),
    onProbe: guard('onProbe', delegate.onProbe, undefined),
    beforeMerge: delegate.beforeMerge?.bind(delegate),
    beforeAlive: delegate.beforeAlive?.bind(delegate),
  };
}
