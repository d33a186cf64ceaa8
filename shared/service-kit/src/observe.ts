/** One log line and one measurement for each answered request. */
import type { Metrics } from '@wordcloud/telemetry';
import type { FastifyInstance } from 'fastify';

/** Probes, scrapes, polls and the page of the system come every few seconds; they are logged only when someone looks closely. */
const QUIET = /^\/(healthz|readyz|(links|faults|leases|changes|revocations)$|go-doudou\/prometheus)/;

export function useObservation(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const { method } = request;
    const operation = request.routeOptions.schema?.operationId ?? '';
    metrics.observeRequest({ method, route, operation, status: reply.statusCode }, reply.elapsedTime / 1000);
    const { trace } = request;
    const line = {
      ...{ method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      ...(trace?.sampled && { traceId: trace.traceId, spanId: trace.spanId }),
    };
    request.log[QUIET.test(route) ? 'debug' : 'info'](line, 'answered');
  });
}
