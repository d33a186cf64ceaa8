import { type Balancer, preferZone } from '@wordcloud/discovery';
import type { RemoteInstance } from './remote-instance.ts';

export interface Choice {
  /** Those that had the call already. */
  tried: readonly RemoteInstance[];
  /** May it be one that is tried out, whose breaker is half open? */
  isProbe: boolean;
  /** Instances of this zone first; empty: no zones. */
  zone: string;
  balancer: Balancer;
  key: string | undefined;
}

/**
 * Who gets the next attempt: one that was not tried yet, or if there is none, any, for who was restarting may be back.
 *
 * @returns undefined when nobody takes calls
 */
export function chooseInstance(
  instances: readonly RemoteInstance[],
  { tried, isProbe, zone, balancer, key }: Choice,
): RemoteInstance | undefined {
  let able = instances.filter((instance) => instance.takesCalls(isProbe));
  // Only where nobody else is left does any call try out an instance.
  if (able.length === 0) able = instances.filter((instance) => instance.takesCalls(true));
  const fresh = tried.length === 0 ? able : able.filter((instance) => !tried.includes(instance));
  const candidates = preferZone(fresh.length > 0 ? fresh : able, zone);
  // A breaker that is half open waits for a call that tries; the balancer, which knows only load, would let it wait.
  const probe = candidates.find((instance) => instance.breakerState === 'half-open');
  return probe ?? balancer.pick(candidates, key);
}
