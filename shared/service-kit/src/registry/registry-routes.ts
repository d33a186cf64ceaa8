import type { Discovery } from '@wordcloud/discovery';
import type { FastifyInstance } from 'fastify';
import { prefersHtml } from './media-range.ts';
import { prometheusTargets } from './prometheus-sd.ts';
import type { RegistryHistory } from './registry-history.ts';
import { CONTENT_SECURITY_POLICY, registryPage } from './registry-page.ts';
import { registryRows } from './registry-rows.ts';

/** Whose pages they are. */
export interface RegistrySelf {
  readonly service: string;
  /** Of the own instance; left out where it is in no registry. */
  readonly id?: string;
}

export interface RegistryRoutesOptions {
  discovery: Discovery;
  /** Of the same discovery. */
  history: RegistryHistory;
  /** Asked at each request, for a process is in the registry only later than its routes. */
  self: () => RegistrySelf;
  /** Milliseconds since 1970. */
  now: () => number;
}

/**
 * `GET /registry`: who is there, as a page or as JSON by the `Accept` header; `GET /prometheus/sd`: the same as scrape targets. Both tell much
 * of a cluster, so `pages` must be behind authentication.
 */
export function registryRoutes(pages: FastifyInstance, { discovery, history, self, now }: RegistryRoutesOptions): void {
  const hidden = { schema: { hide: true } };

  pages.get('/registry', hidden, async (request, reply) => {
    reply.header('cache-control', 'no-store').header('vary', 'Accept');
    const { service, id } = self();
    const time = now();
    const rows = registryRows(history.records(), time);
    const registries = discovery.registries();
    if (!prefersHtml(request.headers.accept)) return { self: { service, id: id ?? null }, registries, instances: rows };

    const away = Object.keys(registries).filter((mode) => registries[mode]!.away);
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', CONTENT_SECURITY_POLICY)
      .send(registryPage({ service, ...(id !== undefined && { selfId: id }), rows, away, now: time }));
  });

  pages.get('/prometheus/sd', hidden, async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return prometheusTargets(discovery.instances());
  });
}
