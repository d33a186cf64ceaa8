/** How large a word is beside the heaviest one, by its weight. */
import type { Scaling } from './options.ts';

/** With `rank`, the last rank has this share of the first one's size. */
const LAST_RANK = 0.12;

/**
 * @param weights the heaviest first, all above 0
 * @returns sizes relative to the largest word, above 0 to 1; equal weights have equal sizes
 */
export function sharesOf(weights: readonly number[], scaling: Scaling): number[] {
  const most = weights[0] ?? 1;
  if (scaling === 'rank') {
    const rankOf = new Map([...new Set(weights)].map((weight, rank) => [weight, rank]));
    const step = (1 - LAST_RANK) / Math.max(1, rankOf.size - 1);
    return weights.map((weight) => 1 - rankOf.get(weight)! * step);
  }
  return weights.map((weight) => {
    if (scaling === 'linear') return weight / most;
    if (scaling === 'sqrt') return Math.sqrt(weight / most);
    return Math.log1p(weight) / Math.log1p(most);
  });
}
