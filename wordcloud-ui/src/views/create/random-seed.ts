/** Short enough to be read out, large enough not to meet the same picture twice. */
const MOST = 99_999;

/** @param before a seed that must not come again */
export function randomSeed(before?: number): number {
  const seed = 1 + Math.floor(Math.random() * MOST);
  return seed === before ? (seed % MOST) + 1 : seed;
}
