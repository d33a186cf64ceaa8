const [BASE_MS, MOST_MS] = [10, 250];

/**
 * Milliseconds to wait before the next attempt, by chance up to a bound that doubles ("full jitter"), so that callers who failed together do
 * not come back together.
 *
 * @see Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog (2015)
 * @param attempts that were made, from 1
 * @param random from 0 to below 1
 */
export function backoffMs(attempts: number, random: () => number): number {
  return random() * Math.min(MOST_MS, BASE_MS * 2 ** attempts);
}
