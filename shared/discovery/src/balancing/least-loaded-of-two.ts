import type { Balancer, Candidate } from './balancer.ts';
import { createWeightedRandom } from './weighted-random.ts';

/** What a call to someone who was never called may take; so that newcomers are neither flooded nor left out. */
const UNKNOWN_LATENCY_MS = 1;

/**
 * Two by chance, and of these the one with less to do: calls under way and how long calls took lately. Nearly as good as asking all, and
 * without the rush of everybody to the one that looks best.
 *
 * @see Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing" (2001)
 * @param random from 0 to below 1
 */
export function createLeastLoadedOfTwo(random: () => number): Balancer {
  const draw = createWeightedRandom(random);
  return {
    pick<C extends Candidate>(candidates: readonly C[]): C | undefined {
      const first = draw.pick(candidates);
      if (first === undefined || candidates.length === 1) return first;
      const second = draw.pick(candidates.filter((candidate) => candidate !== first))!;
      return loadOf(second) < loadOf(first) ? second : first;
    },
  };
}

/** About how long the next call would wait and run. */
const loadOf = ({ inFlight, latencyMs, weight }: Candidate): number =>
  ((inFlight + 1) * (latencyMs ?? UNKNOWN_LATENCY_MS)) / weight;
