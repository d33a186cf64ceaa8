/** What a request brings along: its id, its deadline, and a signal that ends when nobody waits for the answer any more. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ProblemError } from '@wordcloud/contracts';
import { type CallContext, DEADLINE_HEADER } from '@wordcloud/rpc';
import type { Tracing } from '@wordcloud/telemetry';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RequestEnd } from './request-end.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Hand it on to every call made for this request. */
    context: Required<Pick<CallContext, 'signal' | 'requestId'>> & Pick<CallContext, 'deadline' | 'trace'>;
  }
}

const SANE_ID = /^[\w.=-]{1,128}$/;

/** A caller's request id is taken if it is sane, else one is made. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && SANE_ID.test(given) ? given : randomUUID();
}

/** Probes and management pages are asked every few seconds: their traces would hide the others. */
const UNTRACED = /^\/(healthz|readyz|links$|faults$|go-doudou)/;

/**
 * @param tracing each request becomes a step of its caller's trace; default: none
 * @param isPublic anybody calls: the caller's trace is not taken, or strangers would decide what is recorded here
 */
export function useRequestContext(app: FastifyInstance, tracing?: Tracing, isPublic = false): void {
  app.decorateRequest('context');
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    // What we send is what we say it is; browsers must not guess.
    reply.header('x-content-type-options', 'nosniff');
    const left = deadlineOf(request);
    const deadline = left === undefined ? undefined : Date.now() + left;
    const end = new RequestEnd(deadline);
    const trace = startTrace(request, tracing, isPublic);
    // The request's own `close` says only that its body was read; an answer that closes unfinished says the caller left.
    reply.raw.once('close', () => {
      if (trace?.sampled) tracing!.end(trace, outcomeOf(reply));
      end.close(reply.raw.writableFinished);
    });
    request.context = {
      get signal() {
        return end.signal;
      },
      requestId: request.id,
      ...(deadline !== undefined && { deadline }),
      ...(trace && { trace }),
    };
  });
}

function startTrace(request: FastifyRequest, tracing: Tracing | undefined, isPublic: boolean) {
  const { method, url, routeOptions, headers, id } = request;
  if (tracing === undefined || UNTRACED.test(url)) return undefined;
  const route = routeOptions.url ?? 'unknown';
  const attributes = { 'http.request.method': method, 'http.route': route, 'http.request.id': id };
  return tracing.startServer(`${method} ${route}`, isPublic ? {} : headers, attributes);
}

/** Failures of the caller are no errors of this step. */
function outcomeOf({ statusCode, raw }: FastifyReply) {
  const attributes = { 'http.response.status_code': statusCode, 'http.response.finished': raw.writableFinished };
  return { attributes, ...(statusCode >= 500 && { error: new Error(`answered ${statusCode}`) }) };
}

function deadlineOf(request: FastifyRequest): number | undefined {
  const header = request.headers[DEADLINE_HEADER];
  if (header === undefined) return undefined;
  const left = Number(header);
  if (!Number.isFinite(left) || left < 0 || left > 2 ** 31) {
    throw new ProblemError('BAD_REQUEST', `${DEADLINE_HEADER}: got "${header}"; allowed is a number of milliseconds.`);
  }
  return left;
}
