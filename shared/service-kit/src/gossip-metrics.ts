import type { Discovery } from '@wordcloud/discovery';
import { Counter, Gauge, Histogram, type Metrics } from '@wordcloud/telemetry';
import type { GossipOptions } from './gossip-options.ts';

type GossipHooks = NonNullable<GossipOptions['metrics']>;
type CounterName = Parameters<NonNullable<GossipHooks['count']>>[0];
type SampleName = Parameters<NonNullable<GossipHooks['sample']>>[0];

/** On one machine a probe takes less than a millisecond; after half a second others are asked to try. */
const PROBE_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];

const STATES = ['alive', 'suspect', 'dead', 'left'] as const;

/**
 * Measures the gossip of this process.
 *
 * @returns hooks for the gossip node
 */
export function createGossipMetrics({ registry }: Pick<Metrics, 'registry'>): GossipHooks {
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Counter({ name, help, labelNames, registers });
  const bytes = counter('gossip_bytes_total', 'Bytes of the gossip, by transport and direction', [
    'transport',
    'direction',
  ]);
  const packets = counter('gossip_packets_total', 'UDP packets of the gossip, by direction', ['direction']);
  const rejected = counter(
    'gossip_packets_rejected_total',
    'Packets with another key or label, or that cannot be read',
  );
  const news = counter('gossip_news_total', 'News of members that came in, by what they say', ['kind']);
  const suspicions = counter('gossip_suspicions_total', 'Members that this one accused, since they answered no probe');
  const refutations = counter('gossip_refutations_total', 'Times this member was accused and said that it lives');
  const degraded = counter('gossip_degraded_probes_total', 'Probes made while this member was not well itself');
  const tcpOnly = counter('gossip_tcp_only_probes_total', 'Probes that were answered over TCP but not over UDP');
  const rejoins = counter('gossip_rejoins_total', 'Attempts to find members again that were lost');
  const probes = new Histogram({
    name: 'gossip_probe_seconds',
    help: 'Time until a member answered a probe directly',
    buckets: PROBE_BUCKETS,
    registers,
  });
  const syncs = new Histogram({
    name: 'gossip_sync_seconds',
    help: 'Time to exchange the whole list of members with another one',
    buckets: PROBE_BUCKETS,
    registers,
  });

  // What is left out is seen elsewhere, or nowhere missed.
  const counters: Partial<Record<CounterName, { inc(value: number): void }>> = {
    'tcp.sent': bytes.labels('tcp', 'sent'),
    'tcp.received': bytes.labels('tcp', 'received'),
    'udp.sent': bytes.labels('udp', 'sent'),
    'udp.received': bytes.labels('udp', 'received'),
    'packets.sent': packets.labels('sent'),
    'packets.received': packets.labels('received'),
    'packets.rejected': rejected,
    'msg.alive': news.labels('alive'),
    'msg.suspect': news.labels('suspect'),
    'msg.dead': news.labels('dead'),
    'degraded.probe': degraded,
    'probe.failed': suspicions,
    'probe.tcpOnly': tcpOnly,
    refuted: refutations,
    rejoin: rejoins,
  };
  // A counter that begins with its first event has no rise that a query could see.
  for (const counter of Object.values(counters)) counter.inc(0);
  const samples: Partial<Record<SampleName, Histogram>> = { probeNode: probes, pushPullNode: syncs };
  return {
    count: (name, value) => counters[name]?.inc(value),
    sample: (name, ms) => samples[name]?.observe(ms / 1000),
  };
}

/** What the gossip's registry says of itself. */
interface GossipState {
  nodes: Record<(typeof STATES)[number], number>;
  healthScore: number;
  queuedBroadcasts: number;
}

/** The state of the gossip, asked when somebody scrapes; nothing where services are found otherwise. */
export function measureGossip(discovery: Discovery, { registry }: Pick<Metrics, 'registry'>): void {
  const ask = () => discovery.registries().memberlist as Readonly<Record<string, unknown>> & GossipState;
  if (ask() === undefined) return;
  const registers = [registry];
  new Gauge({
    name: 'gossip_members',
    help: 'Members that this one knows, by state; those that left or failed are remembered for a while',
    labelNames: ['state'],
    registers,
    collect() {
      const { nodes } = ask();
      for (const state of STATES) this.set({ state }, nodes[state]);
    },
  });
  new Gauge({
    name: 'gossip_health_score',
    help: 'How well this member is, by its own judgement: 0 is healthy; it waits longer for others the higher it is',
    registers,
    collect() {
      this.set(ask().healthScore);
    },
  });
  new Gauge({
    name: 'gossip_queued_broadcasts',
    help: 'News and messages that wait to be passed on',
    registers,
    collect() {
      this.set(ask().queuedBroadcasts);
    },
  });
}
