/** A newcomer gets this share of its weight at once, or it would never be called. */
const LEAST_SHARE = 0.1;

/**
 * The share of its weight that a new instance gets: it grows evenly until the instance has warmed up, for its caches are cold and its
 * code is not compiled yet.
 *
 * @param ageMs since the instance came into sight
 * @param warmUpMs 0: no slow start
 */
export function slowStartShare(ageMs: number, warmUpMs: number): number {
  if (ageMs >= warmUpMs) return 1;
  return Math.max(LEAST_SHARE, ageMs / warmUpMs);
}
