import type { Balancer, Candidate } from './balancer.ts';

/** One after another, in the order of their ids. Weights do not matter. */
export function createRoundRobin(): Balancer {
  let last = '';
  return {
    pick<C extends Candidate>(candidates: readonly C[]): C | undefined {
      // The next after the last one, also when that is gone or others have come; after the end from the beginning.
      let first: C | undefined;
      let next: C | undefined;
      for (const candidate of candidates) {
        if (first === undefined || candidate.id < first.id) first = candidate;
        if (candidate.id > last && (next === undefined || candidate.id < next.id)) next = candidate;
      }
      const chosen = next ?? first;
      if (chosen) last = chosen.id;
      return chosen;
    },
  };
}
