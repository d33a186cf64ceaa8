/** Views of the system for tests. */
import type { SystemInstance, SystemLink, SystemView } from '@wordcloud/contracts';

/** @param second since the beginning, by the clock of the bff */
export const momentOf = (second: number): string => new Date(Date.UTC(2026, 10, 20, 15, 0, second)).toISOString();

export function makeInstance(name: string, change: Partial<SystemInstance> = {}): SystemInstance {
  const service = `wordcloud-${name.split('-')[0]}`;
  return {
    id: `wordcloud-${name}/${service}`,
    service,
    baseUrl: `http://${name}`,
    status: 'up',
    since: momentOf(0),
    changes: [{ status: 'up', at: momentOf(0) }],
    weight: 1,
    version: '0.1.0',
    zone: '',
    uptimeSeconds: 10,
    load: null,
    ...change,
  };
}

/** @param names as `bff-1 seg-2` */
export function makeLink(names: string, change: Partial<SystemLink> = {}): SystemLink {
  const [from, to] = names.split(' ').map((name) => makeInstance(name)) as [SystemInstance, SystemInstance];
  return {
    from: from.id,
    to: to.id,
    service: to.service,
    breaker: 'closed',
    inFlight: 0,
    calls: 0,
    faults: 0,
    latencyMs: { p50: 1, p95: 2, p99: 3 },
    at: momentOf(0),
    ...change,
  };
}

export function makeView(change: Partial<SystemView> = {}): SystemView {
  return {
    self: { service: 'wordcloud-bff', id: makeInstance('bff-1').id },
    registries: [{ mode: 'memberlist', away: false }],
    clients: [],
    instances: [],
    links: [],
    faults: { enabled: true, active: [] },
    consoles: [],
    bulkheads: [],
    limiter: { backend: 'local', redis: 'none', limits: [] },
    ...change,
  };
}
