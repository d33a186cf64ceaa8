import type { Balancer } from './balancer.ts';
import { createConsistentHash } from './consistent-hash.ts';
import { createLeastLoadedOfTwo } from './least-loaded-of-two.ts';
import { createRoundRobin } from './round-robin.ts';
import { createSmoothWeightedRoundRobin } from './smooth-weighted-round-robin.ts';
import { createWeightedRandom } from './weighted-random.ts';

/** The names by which settings choose. */
export const BALANCING = [
  'round-robin',
  'smooth-weighted-round-robin',
  'random',
  'least-loaded-of-two',
  'consistent-hash',
] as const;
export type Balancing = (typeof BALANCING)[number];

/** @param random from 0 to below 1; default Math.random */
export function createBalancer(balancing: Balancing, random: () => number = Math.random): Balancer {
  switch (balancing) {
    case 'round-robin':
      return createRoundRobin();
    case 'smooth-weighted-round-robin':
      return createSmoothWeightedRoundRobin();
    case 'random':
      return createWeightedRandom(random);
    case 'least-loaded-of-two':
      return createLeastLoadedOfTwo(random);
    case 'consistent-hash':
      return createConsistentHash();
  }
}
