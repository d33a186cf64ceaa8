/** One log line and one measurement for each answered request. */
import type { Metrics } from '@wordcloud/telemetry';
import type { FastifyInstance } from 'fastify';

/** Probes, scrapes and the page of the system come every few seconds; they are logged only when someone looks closely. */
const QUIET = /^\/(healthz|readyz|links$|faults$|go-doudou\/prometheus)/;

export function useObservation(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    metrics.observeRequest({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    const { trace } = request.context ?? {};
    const line = {
      ...{ method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      ...(trace?.sampled && { traceId: trace.traceId }),
    };
    request.log[QUIET.test(route) ? 'debug' : 'info'](line, 'answered');
  });
}
