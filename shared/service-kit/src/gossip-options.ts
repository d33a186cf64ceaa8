import { hostname } from 'node:os';
import type { ServiceName } from '@wordcloud/contracts';
import type { openMemberlistDriver } from '@wordcloud/discovery';
import type { Logger } from '@wordcloud/telemetry';
import type { DiscoveryConfig } from './discovery-settings.ts';

export type GossipOptions = Parameters<typeof openMemberlistDriver>[0];

/** What the settings mean for the gossip node of a service. */
export function gossipOptions(
  service: ServiceName,
  config: DiscoveryConfig & { host: string },
  logger: Logger,
  metrics: NonNullable<GossipOptions['metrics']>,
): GossipOptions {
  const { host, gossipPort: port, gossipHost } = config;
  // As go-doudou: a suffix makes the name of a pod behind a headless service.
  const advertised = gossipHost.startsWith('.') ? hostname() + gossipHost : gossipHost;
  return {
    name: config.gossipName || `${service}-${hostname()}-${port || process.pid}`,
    bind: { address: host, port },
    ...(advertised && { advertise: { address: advertised } }),
    seeds: config.gossipSeeds,
    keys: config.gossipKeys,
    allowedCidrs: config.gossipCidrs,
    probeIntervalMs: config.probeIntervalMs,
    probeTimeoutMs: config.probeTimeoutMs,
    gossipIntervalMs: config.gossipIntervalMs,
    pushPullIntervalMs: config.syncIntervalMs,
    gossipToTheDeadMs: config.deadTimeoutMs,
    deadNodeReclaimMs: config.reclaimTimeoutMs,
    rejoinIntervalMs: config.rejoinIntervalMs,
    tcpTimeoutMs: config.tcpTimeoutMs,
    gossipNodes: config.gossipNodes,
    indirectChecks: config.indirectChecks,
    suspicionMult: config.suspicionMult,
    retransmitMult: config.retransmitMult,
    metrics,
    // Ahead of what the others still know of a process of the same name that was killed.
    initialIncarnation: Math.floor(Date.now() / 1_000),
    ...(!config.gossipLogDisabled && { logger: logger.child({ part: 'gossip' }) }),
  };
}
