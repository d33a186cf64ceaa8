/** Repeats what SQLite refuses while another process writes to the same file. */
import { setTimeout as pause } from 'node:timers/promises';
import { isBusy } from './sql-errors.ts';

const LONGEST_WAIT_MS = 10_000;

/**
 * @param random 0 to 1; without it processes that wait for the same lock would come back at the same moments
 * @throws SQLite's error SQLITE_BUSY after ten seconds
 */
export async function whileBusy<T>(work: () => T | Promise<T>, random: () => number): Promise<T> {
  const giveUpAt = performance.now() + LONGEST_WAIT_MS;
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || performance.now() > giveUpAt) throw error;
      await pause(1 + random() * Math.min(50, 2 ** tries));
    }
  }
}
