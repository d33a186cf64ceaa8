/** Moleculer's side: nodes that know each other by address, as UDP discovery would reach beyond this machine. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type BrokerOptions, ServiceBroker } from 'moleculer';
import type { Caller } from './measure.ts';
import { answer, MOLECULER_PARAMS, REQUEST } from './operation.ts';

/** Milliseconds until all nodes must be found. */
const PATIENCE_MS = 20_000;

/** What ours has on, too: a deadline, breakers, metrics, spans of 5 % of the traces sent to a collector. Everything else is the default. */
function createNode(nodeID: string, urls: string[], collector: string): ServiceBroker {
  const options: BrokerOptions = {
    nodeID,
    logger: { type: 'Console', options: { level: 'warn' } },
    transporter: { type: 'TCP', options: { udpDiscovery: false, urls: urls.join(',') } },
    registry: { strategy: 'RoundRobin', preferLocal: false },
    circuitBreaker: { enabled: true, minRequestCount: 6, halfOpenTime: 5_000 },
    requestTimeout: 10_000,
    metrics: { enabled: true },
    tracing: {
      enabled: true,
      sampling: { rate: 0.05 },
      exporter: { type: 'Zipkin', options: { baseURL: collector } },
    },
    skipProcessEventRegistration: true,
  };
  const broker = new ServiceBroker(options);
  // The name of this machine may lead to another network card.
  broker.registry.nodes.localNode!.hostname = '127.0.0.1';
  return broker;
}

/** @returns `host:port/node` of each */
export async function startMoleculerServer(instances: number, collector: string): Promise<string[]> {
  const start = async (_: unknown, i: number) => {
    const broker = createNode(`server-${i}`, [], collector);
    broker.createService({
      name: 'bench',
      actions: { count: { params: MOLECULER_PARAMS, handler: async ({ params }) => answer(params) } },
    });
    await broker.start();
    return `127.0.0.1:${broker.registry.nodes.localNode!.port}/${broker.nodeID}`;
  };
  return Promise.all(Array.from({ length: instances }, start));
}

export async function connectMoleculer(addresses: string[], collector: string): Promise<Caller> {
  const broker = createNode('client', addresses, collector);
  await broker.start();
  // Who calls before it has heard of all nodes would call only some of them.
  const known = () => broker.registry.getActionEndpoints('bench.count')?.endpoints.length ?? 0;
  const until = performance.now() + PATIENCE_MS;
  while (known() < addresses.length) {
    if (performance.now() > until) throw new Error(`Moleculer found ${known()} of ${addresses.length} nodes`);
    await sleep(50);
  }
  return { call: () => broker.call('bench.count', REQUEST) };
}
