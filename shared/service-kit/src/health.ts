/** `/healthz`: the process runs. `/readyz`: it can do its work now; whoever routes traffic asks this one. */
import type { Metrics } from '@wordcloud/telemetry';
import type { FastifyInstance } from 'fastify';
import { measureChecks } from './check-metrics.ts';

/** What must work for the service to be ready; throws when it does not. */
export type ReadinessChecks = Record<string, () => Promise<unknown>>;

export interface Health {
  /** From now on `/readyz` says 503, so that no new work is sent here. */
  drain(): void;
  readonly draining: boolean;
}

export function useHealth(app: FastifyInstance, checks: ReadinessChecks, metrics: Pick<Metrics, 'registry'>): Health {
  let draining = false;
  measureChecks(checks, metrics);

  app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }));

  app.get('/readyz', { schema: { hide: true } }, async (request, reply) => {
    const failures: Record<string, string> = {};
    await Promise.all(
      Object.entries(checks).map(async ([name, check]) => {
        try {
          await check();
        } catch (error) {
          // The caller learns which part is away; why stands in the log, where it cannot leak.
          request.log.warn({ err: error, check: name }, 'not ready');
          failures[name] = 'away';
        }
      }),
    );
    if (draining) failures.process = 'shutting down';
    const ready = Object.keys(failures).length === 0;
    return reply.code(ready ? 200 : 503).send(ready ? { status: 'ready' } : { status: 'not ready', failures });
  });

  return {
    drain: () => {
      draining = true;
    },
    get draining() {
      return draining;
    },
  };
}
