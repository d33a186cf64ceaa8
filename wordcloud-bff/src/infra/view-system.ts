/** The whole system as this instance sees it: who is there, how they do, who calls whom, and what its own limits hold back. */
import type { CallLoad, SystemInstance, SystemLink, SystemView } from '@wordcloud/contracts';
import {
  type Bulkhead,
  type Limit,
  linksOf,
  type Network,
  registryRows,
  type SharedLimiter,
} from '@wordcloud/service-kit';
import type { Survey } from './survey.ts';

export interface ViewedParts {
  network: Network;
  bulkheads: readonly Bulkhead[];
  limiter: SharedLimiter;
  limits: Readonly<Record<string, Limit>>;
  survey: () => Promise<Survey>;
  /** May faults be injected? */
  takesFaults: boolean;
  consoles: SystemView['consoles'];
  /** Milliseconds since 1970. */
  now: () => number;
}

export function createSystemView(parts: ViewedParts): () => Promise<SystemView> {
  const { network, bulkheads, limiter, limits, survey, takesFaults, consoles, now } = parts;
  return async () => {
    const { links, faults } = await survey();
    const { backend, redis } = limiter.state();
    const self = { service: network.self().service, id: network.self().id ?? null };
    const ownLinks = viewOwnLinks(network, self.id ?? self.service, now());
    return {
      self,
      registries: Object.entries(network.discovery.registries()).map(([mode, { away }]) => ({
        mode,
        away: away === true,
      })),
      clients: network.channels().map(({ service, balancing, retriesLeft }) => ({ service, balancing, retriesLeft })),
      instances: viewInstances(network, ownLinks, now()),
      links: [...ownLinks, ...links],
      faults: { enabled: takesFaults, active: faults },
      consoles,
      bulkheads: bulkheads.map((bulkhead) => bulkhead.state()),
      limiter: {
        backend,
        redis: redis === undefined ? 'none' : backend === 'redis' ? 'up' : 'away',
        limits: Object.entries(limits).map(([scope, limit]) => ({ scope, ...limit })),
      },
    };
  };
}

function viewOwnLinks(network: Network, from: string, now: number): SystemLink[] {
  const at = new Date(now).toISOString();
  return network
    .channels()
    .flatMap(linksOf)
    .map((link) => ({ from, ...link, at }));
}

function viewInstances(network: Network, ownLinks: readonly SystemLink[], now: number): SystemInstance[] {
  const called = new Map(ownLinks.map((link) => [link.to, loadOf(link)]));
  return registryRows(network.history.records(), now).map((row) => {
    const { id, service, baseUrl, status, since, weight, version, zone, uptimeSeconds } = row;
    const changes = [...row.changes];
    const load = called.get(id) ?? null;
    return { id, service, baseUrl, status, since, changes, weight, version, zone, uptimeSeconds, load };
  });
}

function loadOf({ breaker, inFlight, calls, faults, latencyMs }: SystemLink): CallLoad {
  return { breaker, inFlight, calls, faults, latencyMs };
}
