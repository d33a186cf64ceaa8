import { createHash } from 'node:crypto';
import type { Balancer, Candidate } from './balancer.ts';

/**
 * The same key goes to the same instance as long as that is there; when one comes or goes, only its own share of the keys moves.
 * Rendezvous hashing: each candidate draws a lot from key and id, the best lot wins, and weights improve the lots.
 *
 * @see Thaler and Ravishankar, "Using Name-Based Mappings to Increase Hit Rates" (1998); Schindelhauer and Schomaker, "Weighted
 *   Distributed Hash Tables" (2005) for the weights
 */
export function createConsistentHash(): Balancer {
  return {
    pick<C extends Candidate>(candidates: readonly C[], key = ''): C | undefined {
      let chosen: C | undefined;
      let best = Number.NEGATIVE_INFINITY;
      for (const candidate of candidates) {
        const lot = -candidate.weight / Math.log(fraction(`${key}\0${candidate.id}`));
        if (lot > best || (lot === best && candidate.id < chosen!.id)) [chosen, best] = [candidate, lot];
      }
      return chosen;
    },
  };
}

/** Above 0 and below 1. */
function fraction(text: string): number {
  const bytes = createHash('sha256').update(text).digest();
  return (bytes.readUIntBE(0, 6) + 0.5) / 2 ** 48;
}
