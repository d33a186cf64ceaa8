/** The whole system as this instance sees it: who is there, how they do, and what its own limits hold back. */
import type { SystemInstance, SystemView } from '@wordcloud/contracts';
import { type Bulkhead, type Limit, type Network, registryRows, type SharedLimiter } from '@wordcloud/service-kit';

export interface ViewedParts {
  network: Network;
  bulkheads: readonly Bulkhead[];
  limiter: SharedLimiter;
  limits: Readonly<Record<string, Limit>>;
  /** Milliseconds since 1970. */
  now: () => number;
}

export function createSystemView({ network, bulkheads, limiter, limits, now }: ViewedParts): () => SystemView {
  return () => {
    const { backend, redis } = limiter.state();
    return {
      self: { service: network.self().service, id: network.self().id ?? null },
      registries: Object.entries(network.discovery.registries()).map(([mode, { away }]) => ({
        mode,
        away: away === true,
      })),
      clients: network.channels().map(({ service, balancing, retriesLeft }) => ({ service, balancing, retriesLeft })),
      instances: viewInstances(network, now()),
      bulkheads: bulkheads.map((bulkhead) => bulkhead.state()),
      limiter: {
        backend,
        redis: redis === undefined ? 'none' : backend === 'redis' ? 'up' : 'away',
        limits: Object.entries(limits).map(([scope, limit]) => ({ scope, ...limit })),
      },
    };
  };
}

function viewInstances(network: Network, now: number): SystemInstance[] {
  const called = new Map(network.channels().flatMap(({ instances }) => instances.map((one) => [one.id, one])));
  return registryRows(network.history.records(), now).map((row) => {
    const { id, service, baseUrl, status, since, weight, version, zone, uptimeSeconds } = row;
    const load = called.get(id);
    return {
      ...{ id, service, baseUrl, status, since, weight, version, zone, uptimeSeconds },
      load: load
        ? {
            breaker: load.breaker,
            inFlight: load.inFlight,
            calls: load.calls,
            faults: load.faults,
            latencyMs: {
              p50: load.latencyMs.p50 ?? null,
              p95: load.latencyMs.p95 ?? null,
              p99: load.latencyMs.p99 ?? null,
            },
          }
        : null,
    };
  });
}
