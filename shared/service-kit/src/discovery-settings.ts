/** The settings by which a service finds others. Names are go-doudou's where it has one. */
import { DEFAULT_GOSSIP_PORTS, type ServiceName } from '@wordcloud/contracts';
import { BALANCING } from '@wordcloud/discovery';
import type { Config } from './config.ts';
import { choices, keys, list } from './list-settings.ts';
import { choice, duration, flag, integer, text } from './settings.ts';

const DISCOVERY_MODES = ['memberlist', 'static'] as const;

export function discoverySettings(service: ServiceName) {
  return {
    mode: choice({
      env: 'GDD_MODE',
      values: ['micro', 'mono'],
      default: 'micro',
      description: 'how services find each other; micro: by discovery; mono: at fixed addresses',
    }),
    discoveryModes: choices({
      env: 'GDD_SERVICE_DISCOVERY_MODE',
      values: DISCOVERY_MODES,
      default: 'memberlist',
      description: 'registries to use in micro mode, at once; static: the fixed addresses of mono',
    }),
    registerHost: text({
      env: 'GDD_REGISTER_HOST',
      default: '',
      description: 'host under which others call this service; empty: where its gossip comes from',
    }),
    weight: integer({
      env: 'GDD_WEIGHT',
      default: 1,
      minimum: 0,
      maximum: 1000,
      description: 'share of work that this instance wants; 0: none',
    }),
    zone: text({
      env: 'GDD_ZONE',
      default: '',
      description: 'instances of the same zone are called first; empty: none',
    }),
    ...gossipSettings(service),
  };
}

function gossipSettings(service: ServiceName) {
  return {
    gossipSeeds: list({
      env: 'GDD_MEM_SEED',
      default: '',
      description: 'nodes to join, host[:port]; any node can be one, and who is away is tried again',
    }),
    gossipName: text({
      env: 'GDD_MEM_NAME',
      default: '',
      description: 'name of this node, unique in the cluster; empty: service, host name and port',
    }),
    gossipPort: integer({
      env: 'GDD_MEM_PORT',
      default: DEFAULT_GOSSIP_PORTS[service],
      minimum: 0,
      maximum: 65535,
      description: 'gossip port, UDP and TCP, at the address of GDD_HOST; 0 takes a free one',
    }),
    gossipHost: text({
      env: 'GDD_MEM_HOST',
      default: '',
      description:
        'address that others are told; .suffix is put behind the host name; empty: a private address of this host',
    }),
    gossipKeys: keys({
      env: 'GDD_MEM_KEY',
      description:
        'keys that encrypt gossip, base64 of 16, 24 or 32 bytes, the first for sending; empty: not encrypted',
    }),
    gossipCidrs: list({
      env: 'GDD_MEM_CIDRS_ALLOWED',
      default: '',
      description: 'networks whose nodes may be members, as 10.0.0.0/8; empty: all',
    }),
    gossipLogDisabled: flag({ env: 'GDD_MEM_LOG_DISABLE', default: false, description: 'no log lines of gossip' }),
    probeIntervalMs: gossipTime('GDD_MEM_PROBE_INTERVAL', '1s', 'between probes of another node'),
    probeTimeoutMs: gossipTime('GDD_MEM_PROBE_TIMEOUT', '500ms', 'until a probe counts as not answered'),
    gossipIntervalMs: gossipTime('GDD_MEM_GOSSIP_INTERVAL', '200ms', 'between rounds of gossip'),
    syncIntervalMs: gossipTime('GDD_MEM_SYNC_INTERVAL', '30s', 'between full exchanges with another node'),
    deadTimeoutMs: gossipTime('GDD_MEM_DEAD_TIMEOUT', '30s', 'until a dead node is forgotten'),
    reclaimTimeoutMs: gossipTime('GDD_MEM_RECLAIM_TIMEOUT', '3s', 'until a name of the dead may come back elsewhere'),
    rejoinIntervalMs: gossipTime('GDD_MEM_REJOIN_INTERVAL', '5s', 'between attempts to reach seeds and lost nodes'),
    tcpTimeoutMs: gossipTime('GDD_MEM_TCP_TIMEOUT', '10s', 'limit of a TCP exchange'),
    gossipNodes: gossipCount('GDD_MEM_GOSSIP_NODES', 3, 'nodes told in each round of gossip'),
    indirectChecks: gossipCount('GDD_MEM_INDIRECT_CHECKS', 3, 'nodes asked to probe one that does not answer'),
    suspicionMult: gossipCount('GDD_MEM_SUSPICION_MULT', 4, 'how long a suspect may object, in probe intervals'),
    retransmitMult: gossipCount('GDD_MEM_RETRANSMIT_MULT', 4, 'how often news are sent, times log of the nodes'),
  };
}

const gossipTime = (env: string, value: string, description: string) =>
  duration({ env, default: value, minimumMs: 10, maximumMs: 3_600_000, description });

const gossipCount = (env: string, value: number, description: string) =>
  integer({ env, default: value, minimum: 1, maximum: 100, description });

/** How a client spreads its calls: `MAKERSVC_BALANCING` and the like. */
export function balancingSetting(env: 'USERSVC' | 'TASKSVC' | 'SEGSVC' | 'MAKERSVC', service: ServiceName) {
  return choice({
    env: `${env}_BALANCING`,
    values: BALANCING,
    default: 'least-loaded-of-two',
    description: `how calls are spread over the instances of ${service}`,
  });
}

export type DiscoveryConfig = Config<ReturnType<typeof discoverySettings>>;
