/**
 * Each request as a step of a trace. While it is handled, a recorded one is the active step: log lines carry its ids, and what asks a
 * database or an object store becomes a span.
 */
import { inStep, type TraceContext, type Tracing } from '@wordcloud/telemetry';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Hand it on to every call made for this request; undefined: not traced. */
    trace: TraceContext | undefined;
  }
}

export interface RequestTraceOptions {
  /** Whose word about the trace counts? The headers of all others are ignored, or strangers would decide what is recorded here. */
  trusts: (request: FastifyRequest) => boolean;
  /** Requests that are no step of any trace. */
  skips: (request: FastifyRequest) => boolean;
}

export function useRequestTrace(
  app: FastifyInstance,
  tracing: Tracing | undefined,
  options: RequestTraceOptions,
): void {
  app.decorateRequest('trace');
  if (tracing === undefined) return;

  app.addHook('onRequest', (request, reply, done) => {
    if (options.skips(request)) return done();
    const trace = start(request, tracing, options);
    request.trace = trace;
    if (!trace.sampled) return done();
    reply.raw.once('close', () => tracing.end(trace, outcomeOf(reply)));
    inStep(tracing, trace, done);
  });
  // A stream that stays open for hours has been answered when it begins.
  app.addHook('onSend', (request, reply, _payload, done) => {
    if (request.trace?.span && isEventStream(reply)) tracing.end(request.trace, outcomeOf(reply));
    done();
  });
}

function start(request: FastifyRequest, tracing: Tracing, { trusts }: RequestTraceOptions): TraceContext {
  const { method, routeOptions, headers, id } = request;
  const route = routeOptions.url ?? 'unknown';
  const attributes = { 'http.request.method': method, 'http.route': route, 'http.request.id': id };
  return tracing.startServer(`${method} ${route}`, trusts(request) ? headers : {}, attributes);
}

const isEventStream = (reply: FastifyReply) => String(reply.getHeader('content-type')).startsWith('text/event-stream');

/** Failures of the caller are no errors of this step. */
function outcomeOf(reply: FastifyReply) {
  const { statusCode, raw } = reply;
  const attributes = {
    'http.response.status_code': statusCode,
    ...(raw.headersSent && { 'http.response.finished': raw.writableFinished }),
  };
  return { attributes, ...(statusCode >= 500 && { error: new Error(`answered ${statusCode}`) }) };
}
