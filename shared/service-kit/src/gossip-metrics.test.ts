import type { Discovery } from '@wordcloud/discovery';
import { createMetrics } from '@wordcloud/telemetry';
import { expect, it } from 'vitest';
import { createGossipMetrics, measureGossip } from './gossip-metrics.ts';

const linesOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('gossip_') && !line.endsWith(' 0'))
    .map((line) =>
      line
        .replace(/service="me",?/, '')
        .replace(/,?\}/, '}')
        .replace('{}', ''),
    );

it('what the gossip node tells – is counted; milliseconds become seconds, what is not named is left out', async () => {
  const { registry } = createMetrics('me', { processMetrics: false });
  const { count, sample } = createGossipMetrics({ registry });
  count!('udp.sent', 120);
  count!('tcp.received', 30);
  count!('packets.sent', 2);
  count!('msg.dead', 1);
  count!('probe.failed', 1);
  count!('refuted', 3);
  count!('msg.user', 9);
  sample!('probeNode', 20);
  sample!('loopLag', 20);
  const lines = linesOf(await registry.metrics()).filter((line) => !line.includes('_bucket'));
  expect(lines).toEqual([
    'gossip_bytes_total{transport="tcp",direction="received"} 30',
    'gossip_bytes_total{transport="udp",direction="sent"} 120',
    'gossip_packets_total{direction="sent"} 2',
    'gossip_news_total{kind="dead"} 1',
    'gossip_suspicions_total 1',
    'gossip_refutations_total 3',
    'gossip_probe_seconds_sum 0.02',
    'gossip_probe_seconds_count 1',
  ]);
});

it('the state of the gossip – asked at each scrape; nothing where services are found otherwise', async () => {
  const { registry } = createMetrics('me', { processMetrics: false });
  const memberlist = { nodes: { alive: 3, suspect: 1, dead: 0, left: 0 }, healthScore: 2, queuedBroadcasts: 5 };
  const discoveryOf = (registries: object) => ({ registries: () => registries }) as unknown as Discovery;
  measureGossip(discoveryOf({ static: { away: false } }), { registry });
  expect(await registry.metrics()).not.toContain('gossip_');
  measureGossip(discoveryOf({ memberlist }), { registry });
  memberlist.nodes.alive = 4;
  expect(linesOf(await registry.metrics())).toEqual([
    'gossip_members{state="alive"} 4',
    'gossip_members{state="suspect"} 1',
    'gossip_health_score 2',
    'gossip_queued_broadcasts 5',
  ]);
});
