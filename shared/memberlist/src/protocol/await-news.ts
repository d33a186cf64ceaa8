import { MemberlistError } from '../errors.ts';
import type { Context } from './context.ts';
import { abortError, throwIfAborted } from './join.ts';

/** How long leaving and updating wait for the news to be gossiped. */
const NEWS_TIMEOUT_MS = 10_000;

export interface WaitOptions {
  /** Milliseconds; default 10,000. */
  timeoutMs?: number;
  signal?: AbortSignal;
}

/**
 * Announces something about this node, and waits until that was gossiped; alone there is nobody to wait for.
 *
 * @param announce gets a function to call when the news has been sent often enough
 * @throws MemberlistError TIMEOUT, ABORTED or CLOSED
 */
export async function awaitNews(
  { config, membership }: Context,
  what: string,
  announce: (done: () => void) => void,
  { timeoutMs = NEWS_TIMEOUT_MS, signal }: WaitOptions,
): Promise<void> {
  throwIfAborted(signal);
  const isAlone = !membership.table.entries.some(({ name, isLive }) => name !== config.name && isLive);
  await new Promise<void>((resolve, reject) => {
    const settle = (error?: Error) => {
      timer.cancel();
      signal?.removeEventListener('abort', onAbort);
      if (error) reject(error);
      else resolve();
    };
    const onAbort = () => settle(abortError(signal!));
    const timer = config.clock.after(timeoutMs, () =>
      settle(new MemberlistError('TIMEOUT', `${what}: the news was not gossiped within ${timeoutMs} ms`)),
    );
    signal?.addEventListener('abort', onAbort, { once: true });
    announce(() => settle());
    if (isAlone) settle();
  });
}
