import type { Balancer, Candidate } from './balancer.ts';

/**
 * By chance, with the weights as odds. Needs no memory, so many callers that do not know of each other do not fall into step.
 *
 * @param random from 0 to below 1
 */
export function createWeightedRandom(random: () => number): Balancer {
  return {
    pick<C extends Candidate>(candidates: readonly C[]): C | undefined {
      let left = random() * candidates.reduce((sum, { weight }) => sum + weight, 0);
      for (const candidate of candidates) {
        left -= candidate.weight;
        if (left < 0) return candidate;
      }
      // Rounding may leave a little.
      return candidates.at(-1);
    },
  };
}
