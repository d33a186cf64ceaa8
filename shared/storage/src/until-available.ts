/** Waits for a server that may start later than we do: start order must not matter. */
import { setTimeout as pause } from 'node:timers/promises';
import { StorageUnavailableError } from './errors.ts';

export interface WaitOptions {
  /** Milliseconds to wait at most; default 60,000. */
  connectTimeoutMs?: number;
  logger?: { warn(fields: object, message: string): void };
}

const PAUSE_MS = 500;

/**
 * @param what named in log and error; must hold no secret
 * @throws StorageUnavailableError with the last failure as its cause
 */
export async function untilAvailable<T>(what: string, attempt: () => Promise<T>, options: WaitOptions): Promise<T> {
  const { connectTimeoutMs = 60_000, logger } = options;
  const giveUpAt = performance.now() + connectTimeoutMs;
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (cause) {
      if (performance.now() + PAUSE_MS > giveUpAt) {
        throw new StorageUnavailableError(`${what} cannot be used: ${(cause as Error).message}`, { cause });
      }
      if (tries === 1) logger?.warn({ reason: (cause as Error).message }, `waiting for ${what}`);
      await pause(PAUSE_MS);
    }
  }
}
