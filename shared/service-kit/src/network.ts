/** The other services, as one process sees them: who is there, clients to call them, and one's own entry among them. */
import { hostname } from 'node:os';
import type { Contract, ServiceName } from '@wordcloud/contracts';
import { type Balancing, createStaticDriver, Discovery, type Driver, openMemberlistDriver } from '@wordcloud/discovery';
import {
  type BalancedChannel,
  type Channel,
  type ChannelState,
  type Client,
  createBalancedChannel,
  createChannelMetrics,
  createClient,
} from '@wordcloud/rpc';
import type { Logger, Metrics, Tracing } from '@wordcloud/telemetry';
import { ConfigError } from './config.ts';
import type { DiscoveryConfig } from './discovery-settings.ts';
import { createGossipMetrics, measureGossip } from './gossip-metrics.ts';
import { gossipOptions } from './gossip-options.ts';
import { measureNetwork } from './network-metrics.ts';
import { RegistryHistory } from './registry/registry-history.ts';
import type { RegistrySelf } from './registry/registry-routes.ts';

/** After this, a service that nobody has ever seen is no reason any more to take no requests: what does not need it, works. */
const PATIENCE_MS = 10_000;

/** How long those who have not heard yet of one's leaving may go on calling. */
const SETTLE_MS = 200;

export interface NetworkOptions {
  service: ServiceName;
  config: DiscoveryConfig & { host: string; rootPath: string; serviceToken: string };
  /** Addresses of the services that this one calls, for mono mode. */
  addresses: Partial<Record<ServiceName, readonly string[]>>;
  logger: Logger;
  metrics: Metrics;
  tracing: Tracing;
  /** Milliseconds since 1970. */
  now: () => number;
}

export interface ConnectOptions {
  balancing?: Balancing;
  /** Something between the client and its instances, as a bulkhead. */
  through?: (channel: Channel) => Channel;
}

export interface Network {
  readonly discovery: Discovery;
  /** Since when each instance is what it is. */
  readonly history: RegistryHistory;
  /** The own instance; its id once it is in a registry. */
  self(): RegistrySelf;
  /** A client of another service. Closed with the network. */
  connect<C extends Contract>(contract: C, options?: ConnectOptions): Client<C>;
  /** Enters this process; others call it at this port from then on. */
  enter(port: number): void;
  /** Throws in the first moments of a process, until there is an instance of each service that it calls. */
  check(): Promise<void>;
  /** Every client's state. */
  channels(): ChannelState[];
  /** Takes this process out, so that nobody calls it any more. Calling others still works. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

/**
 * @returns when the own registry works; others may still be unknown then
 * @throws ConfigError when the gossip port is taken or a gossip setting is wrong
 */
export async function openNetwork(options: NetworkOptions): Promise<Network> {
  const { service, config, logger, metrics, tracing, now } = options;
  const called = new Set<string>();
  const discovery = new Discovery(await openDrivers(options));
  const history = new RegistryHistory(discovery, now);
  discovery.on('registry', (mode, state, error) => logger.warn({ mode, err: error }, `the registry is ${state}`));
  // Only those that it calls; in a large cluster, everybody else would fill the log.
  discovery.on('change', (change, { service, id, baseUrl, status }) => {
    const isCalled = called.has(service);
    logger[isCalled ? 'info' : 'debug']({ instance: id, baseUrl, status }, `instance ${change}`);
  });
  await discovery.ready();
  measureNetwork(discovery, metrics);
  measureGossip(discovery, metrics);

  const channelMetrics = createChannelMetrics(metrics);
  const channels: BalancedChannel[] = [];
  const openedAt = now();
  const pid = String(process.pid);

  return {
    discovery,
    history,
    self() {
      const own = discovery.instances(service).find((one) => one.startedAt === openedAt && one.data.pid === pid);
      return { service, ...(own && { id: own.id }) };
    },
    connect(contract, { balancing, through = (channel: Channel) => channel } = {}) {
      const channel = createBalancedChannel(contract.service, {
        discovery,
        zone: config.zone,
        metrics: channelMetrics,
        ...(balancing && { balancing }),
      });
      called.add(contract.service);
      channels.push(channel);
      return createClient(contract, through(channel), { serviceToken: config.serviceToken, metrics, tracing });
    },
    enter(port) {
      discovery.register({
        service,
        port,
        version: VERSION,
        startedAt: openedAt,
        weight: config.weight,
        ...(config.registerHost && { host: config.registerHost }),
        ...(config.rootPath && { rootPath: config.rootPath }),
        ...(config.zone && { zone: config.zone }),
        data: { node: process.versions.node, host: hostname(), pid },
      });
    },
    async check() {
      if (now() - openedAt > PATIENCE_MS) return;
      const missing = channels.map((channel) => channel.state()).find(({ instances }) => instances.length === 0);
      if (missing) throw new Error(`no instance of ${missing.service} has been seen yet`);
    },
    channels: () => channels.map((channel) => channel.state()),
    async leave() {
      if (config.mode === 'mono') return;
      await discovery.leave();
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    },
    async close() {
      await Promise.all(channels.map((channel) => channel.close()));
      await discovery.close();
    },
  };
}

/** All services have the version of the repository. */
const VERSION = '0.1.0';

async function openDrivers({ service, config, addresses, logger, metrics }: NetworkOptions): Promise<Driver[]> {
  const modes = config.mode === 'mono' ? (['static'] as const) : config.discoveryModes;
  const drivers: Record<(typeof modes)[number], () => Promise<Driver> | Driver> = {
    static: () => createStaticDriver(addresses as Record<string, readonly string[]>),
    memberlist: () => openMemberlistDriver(gossipOptions(service, config, logger, createGossipMetrics(metrics))),
  };
  try {
    return await Promise.all(modes.map((mode) => drivers[mode]()));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ADDRESS_IN_USE') {
      throw new ConfigError(
        `Gossip port ${config.gossipPort} is taken: stop the program that uses it, or set GDD_MEM_PORT to another port.`,
      );
    }
    if ((error as Error).name === 'MemberlistError') throw new ConfigError(`A GDD_MEM_ setting is wrong: ${message}`);
    throw error;
  }
}
