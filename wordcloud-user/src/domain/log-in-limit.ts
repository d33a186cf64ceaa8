/** After five wrong log-ins for a name from one address within 15 minutes, no more until the first of them is over. */
import { createHash } from 'node:crypto';
import { ProblemError } from '@wordcloud/contracts';
import { foldName } from './accounts.ts';
import type { AttemptRepository } from './ports.ts';

export const MOST_ATTEMPTS = 5;
export const WINDOW_MS = 15 * 60_000;

export interface LogInLimit {
  /** @throws ProblemError TOO_MANY_ATTEMPTS */
  begin(username: string, address: string): Promise<void>;
  /** The log-in was right. */
  clear(username: string, address: string): Promise<void>;
}

export function createLogInLimit(attempts: AttemptRepository, now: () => number): LogInLimit {
  return {
    async begin(username, address) {
      const allowedAt = await attempts.begin(keyOf(username, address), now(), WINDOW_MS, MOST_ATTEMPTS);
      if (allowedAt === undefined) return;
      const seconds = Math.max(1, Math.ceil((allowedAt - now()) / 1000));
      const detail = `Too many wrong log-ins for this name from your address. Try again in ${Math.ceil(seconds / 60)} minutes.`;
      throw new ProblemError('TOO_MANY_ATTEMPTS', detail, { retryAfterSeconds: seconds });
    },
    clear: (username, address) => attempts.clear(keyOf(username, address)),
  };
}

/** Hashed: names that somebody typed, maybe a password in the wrong field, are not kept. */
function keyOf(username: string, address: string): string {
  return createHash('sha256')
    .update(`${foldName(username)}\n${address}`)
    .digest('base64url');
}
