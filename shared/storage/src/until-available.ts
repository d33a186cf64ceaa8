/** Waits for a server that may start later than we do: start order must not matter. */
import { StorageUnavailableError } from './errors.ts';
import type { StorageLogger } from './storage-logger.ts';

export interface WaitOptions {
  /** Milliseconds to wait at most; default 60,000. */
  connectTimeoutMs?: number;
  /** Told what is waited for, at first and every ten seconds. */
  logger?: StorageLogger;
}

const PAUSE_MS = 500;
const LOG_EVERY_MS = 10_000;

/**
 * Repeats the attempt until it succeeds.
 *
 * @param what named in log and error; must hold no secret
 * @param isFinal tells failures that waiting cannot mend, such as a wrong password
 * @throws StorageUnavailableError with the last failure as its cause
 */
export async function untilAvailable<T>(
  what: string,
  attempt: () => Promise<T>,
  isFinal: (error: unknown) => boolean,
  options: WaitOptions,
): Promise<T> {
  const { connectTimeoutMs = 60_000, logger } = options;
  const startedAt = performance.now();
  let logAt = startedAt;
  for (;;) {
    try {
      return await attempt();
    } catch (cause) {
      const now = performance.now();
      const reason = reasonOf(cause);
      if (isFinal(cause)) throw new StorageUnavailableError(`${what} refuses: ${reason}`, { cause });
      if (now + PAUSE_MS > startedAt + connectTimeoutMs) {
        const seconds = Math.round((now - startedAt) / 1000);
        throw new StorageUnavailableError(`${what} cannot be used after ${seconds} s: ${reason}`, { cause });
      }
      if (now >= logAt) {
        logAt = now + LOG_EVERY_MS;
        logger?.warn({ reason, waitAtMostMs: connectTimeoutMs }, `waiting for ${what}`);
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

/** The failure to connect to all addresses of a name is an AggregateError with an empty message. */
function reasonOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || String(error);
}
