import type { RemoteInstance } from './remote-instance.ts';

/** So many times the average of the others. By Markov's inequality at most a fifth of equal calls take so long: no breaker opens at that. */
const FACTOR = 5;
/** What is quicker bothers nobody. */
const LEAST_MS = 200;

/** @returns whether an answer of this instance after `ms` is much slower than what the others take for the same operation */
export function isMuchSlower(
  instance: RemoteInstance,
  all: Iterable<RemoteInstance>,
  operationId: string,
  ms: number,
): boolean {
  if (ms < LEAST_MS) return false;
  let sum = 0;
  let count = 0;
  for (const other of all) {
    const pace = other === instance || !other.takesCalls(false) ? undefined : other.paceOf(operationId);
    if (pace === undefined) continue;
    sum += pace;
    count++;
  }
  return count > 0 && ms > (FACTOR * sum) / count;
}
