/**
 * After five wrong log-ins for a name from one address within 15 minutes, no more until the first of them is over.
 *
 * The limit is asked before a password is hashed and again, in the step that counts, after it was compared. So attempts at
 * the same time are as if they had come one after the other: at most five are told that they are wrong, a right one after
 * those is refused like them, and right ones beside each other all succeed.
 */
import { createHash } from 'node:crypto';
import { ProblemError } from '@wordcloud/contracts';
import { foldName } from './accounts.ts';
import type { AttemptRepository } from './ports.ts';

export const MOST_ATTEMPTS = 5;
export const WINDOW_MS = 15 * 60_000;

export interface LogInLimit {
  /** Before the password is looked at. @throws ProblemError TOO_MANY_ATTEMPTS */
  check(username: string, address: string): Promise<void>;
  /** The log-in was wrong. @throws ProblemError TOO_MANY_ATTEMPTS when the limit was reached meanwhile */
  wrong(username: string, address: string): Promise<void>;
  /** The log-in was right. @throws ProblemError TOO_MANY_ATTEMPTS when the limit was reached meanwhile */
  right(username: string, address: string): Promise<void>;
}

export function createLogInLimit(attempts: AttemptRepository, now: () => number): LogInLimit {
  const refuseUntil = (allowedAt: number | undefined) => {
    if (allowedAt === undefined) return;
    const seconds = Math.max(1, Math.ceil((allowedAt - now()) / 1000));
    const minutes = seconds <= 60 ? 'a minute' : `${Math.ceil(seconds / 60)} minutes`;
    const detail = `Too many wrong log-ins for this name from your address. Try again in ${minutes}.`;
    throw new ProblemError('TOO_MANY_ATTEMPTS', detail, { retryAfterSeconds: seconds });
  };
  return {
    async check(username, address) {
      refuseUntil(await attempts.blockedUntil(keyOf(username, address), now(), MOST_ATTEMPTS));
    },
    async wrong(username, address) {
      refuseUntil(await attempts.countWrong(keyOf(username, address), now(), WINDOW_MS, MOST_ATTEMPTS));
    },
    async right(username, address) {
      refuseUntil(await attempts.clear(keyOf(username, address), now(), MOST_ATTEMPTS));
    },
  };
}

/** Hashed: names that somebody typed, maybe a password in the wrong field, are not kept. */
function keyOf(username: string, address: string): string {
  return createHash('sha256')
    .update(`${foldName(username)}\n${address}`)
    .digest('base64url');
}
