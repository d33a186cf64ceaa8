import type { CounterName } from './metrics.ts';
import type { NodeState } from './node.ts';

export interface MemberlistStats {
  readonly nodes: Readonly<Record<NodeState, number>>;
  /** 0 is healthy. */
  readonly healthScore: number;
  /** News and messages that wait to be gossiped. */
  readonly queuedBroadcasts: number;
  readonly encrypted: boolean;
  /** Sums since the start; those that never happened are missing. */
  readonly counters: Readonly<Partial<Record<CounterName, number>>>;
}
