/** The page's server, wired: files, the way to the bff, probes. Listens nowhere, so tests inject into it. */
import { randomUUID } from 'node:crypto';
import { closeConnectionsWhileClosing, sendProblem, useRequestTrace } from '@wordcloud/service-kit';
import type { Logger, Tracing } from '@wordcloud/telemetry';
import fastify, { type FastifyInstance, LogController } from 'fastify';
import { useSecurityHeaders } from './headers.ts';
import { usePages } from './pages.ts';
import { useProxy } from './proxy.ts';

export interface AppOptions {
  /** Folder of the built page. */
  folder: string;
  bffAddresses: readonly string[];
  logger: Logger;
  /** Requests under `/api` become spans, and the bff is told of them; undefined: it begins its own. */
  tracing?: Tracing | undefined;
  /** Proxies whose `X-Forwarded-For` is believed, comma separated; empty: none. */
  trustProxy: string;
  now: () => number;
}

export interface App {
  server: FastifyInstance;
  /** From now on `/readyz` says 503. */
  drain(): void;
}

export async function buildApp(options: AppOptions): Promise<App> {
  const { folder, bffAddresses, logger, tracing, trustProxy, now } = options;
  let isDraining = false;
  const server = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: () => randomUUID(),
    trustProxy: trustProxy || false,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    // An upload of the largest size on a slow line fits.
    requestTimeout: 300_000,
    keepAliveTimeout: 5_000,
  }) as unknown as FastifyInstance;

  server.setErrorHandler((error, request, reply) => sendProblem(request, reply, error));
  // Whatever a browser says of traces does not count: it would decide what is recorded.
  useRequestTrace(server, tracing, { trusts: () => false, skips: ({ url }) => !url.startsWith('/api/') });
  useSecurityHeaders(server);
  closeConnectionsWhileClosing(server, () => isDraining);
  server.get('/healthz', async () => ({ status: 'ok' }));
  // The page is served while the bff is away: it is the page that tells people so.
  server.get('/readyz', async (_request, reply) =>
    isDraining ? reply.code(503).send({ status: 'not ready' }) : { status: 'ready' },
  );
  await useProxy(server, { addresses: bffAddresses, now });
  await usePages(server, folder);
  return {
    server,
    drain() {
      isDraining = true;
    },
  };
}
