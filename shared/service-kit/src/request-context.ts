/** What a request brings along: its id, its deadline, and a signal that ends when nobody waits for the answer any more. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ProblemError } from '@wordcloud/contracts';
import { type CallContext, DEADLINE_HEADER } from '@wordcloud/rpc';
import type { FastifyInstance, FastifyRequest } from 'fastify';
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

export function useRequestContext(app: FastifyInstance): void {
  app.decorateRequest('context');
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    // What we send is what we say it is; browsers must not guess.
    reply.header('x-content-type-options', 'nosniff');
    const left = deadlineOf(request);
    const deadline = left === undefined ? undefined : Date.now() + left;
    const end = new RequestEnd(deadline);
    // The request's own `close` says only that its body was read; an answer that closes unfinished says the caller left.
    reply.raw.once('close', () => end.close(reply.raw.writableFinished));
    request.context = {
      get signal() {
        return end.signal;
      },
      requestId: request.id,
      ...(deadline !== undefined && { deadline }),
      ...(request.trace && { trace: request.trace }),
    };
  });
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
