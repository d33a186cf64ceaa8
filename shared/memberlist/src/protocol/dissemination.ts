import type { NodeEntry } from '../membership/node-entry.ts';
import type { Context } from './context.ts';
import type { PacketSender } from './packet-sender.ts';

/**
 * One round of gossip: news go to a few random nodes, also to those that died a short while ago, so that they may object.
 *
 * @see SWIM, section 4.1 (infection-style dissemination); the separate rounds are memberlist's own
 */
export function gossip({ config, membership }: Context, sender: PacketSender): void {
  const { name, gossipNodes, gossipToTheDeadMs, clock, meter } = config;
  const started = clock.now();
  const mayHear = (entry: NodeEntry) =>
    entry.name !== name && (entry.isLive || (entry.state === 'dead' && started - entry.changedAt <= gossipToTheDeadMs));
  for (const entry of membership.table.pick(gossipNodes, mayHear)) {
    if (!sender.sendNews(entry)) break;
  }
  meter.sample('gossip', clock.now() - started);
}
