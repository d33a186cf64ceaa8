import type { Balancer, Candidate } from './balancer.ts';

/**
 * Shares by weight, evenly spread: weights 5, 1, 1 give a a b a c a a, not a a a a a b c. Each candidate saves up its weight in each
 * round; the richest is chosen and pays the weights of all.
 *
 * @see nginx, "Upstream: smooth weighted round-robin balancing" (2012)
 */
export function createSmoothWeightedRoundRobin(): Balancer {
  let savings = new Map<string, number>();
  return {
    pick<C extends Candidate>(candidates: readonly C[]): C | undefined {
      const next = new Map<string, number>();
      let total = 0;
      let chosen: C | undefined;
      let most = Number.NEGATIVE_INFINITY;
      for (const candidate of candidates) {
        const saved = (savings.get(candidate.id) ?? 0) + candidate.weight;
        next.set(candidate.id, saved);
        total += candidate.weight;
        // Of equals the first by id, whatever the order of the list.
        if (saved > most || (saved === most && candidate.id < chosen!.id)) [chosen, most] = [candidate, saved];
      }
      if (chosen) next.set(chosen.id, most - total);
      // Who is gone is forgotten, and begins anew if it comes back.
      savings = next;
      return chosen;
    },
  };
}
