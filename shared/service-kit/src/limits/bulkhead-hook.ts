/** A bulkhead around the requests of an app: go-doudou's `BulkHead` middleware. */
import { isProblem } from '@wordcloud/contracts';
import type { FastifyInstance } from 'fastify';
import type { Bulkhead, Release } from './bulkhead.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** False for a route that mostly waits (event streams, long polls): it takes no place in the app's bulkhead. */
    bulkhead?: boolean;
  }
}

/** Probes and management pages must answer when nothing else does. */
const EXCEPT = /^\/(healthz|readyz|go-doudou)(\/|$)/;

/**
 * Each request takes a place until its answer has been sent or its connection has ended. Unknown paths take none.
 *
 * @param app one of `createApp`, and the plugins and routes within it
 * @param options.except patterns of routes that take no place; default: probes and management pages
 */
export function useBulkhead(
  app: FastifyInstance,
  bulkhead: Pick<Bulkhead, 'acquire'>,
  options: { except?: RegExp } = {},
): void {
  const { except = EXCEPT } = options;
  app.addHook('onRequest', async (request, reply) => {
    const { url, config } = request.routeOptions;
    if (url === undefined || config.bulkhead === false || except.test(url)) return;
    // Listening comes first: who ends while waiting, or just after, must not keep a place.
    let release: Release | undefined;
    let isOver = false;
    reply.raw.once('close', () => {
      isOver = true;
      release?.();
    });
    try {
      release = await bulkhead.acquire(request.context.signal);
    } catch (error) {
      if (isProblem(error)) throw error;
      // The caller has gone: there is nobody to answer.
      reply.hijack();
    }
    if (isOver) release?.();
  });
}
