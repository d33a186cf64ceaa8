/** The Fastify app that every service begins with: everything around the routes. Does no I/O, so tests inject into it. */
import type { IncomingMessage } from 'node:http';
import swagger from '@fastify/swagger';
import type { Contract } from '@wordcloud/contracts';
import type { Logger, Metrics, Tracing } from '@wordcloud/telemetry';
import fastify, { type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import { closeConnectionsWhileClosing } from './close-connections.ts';
import { type InstanceRoutesOptions, useInstanceRoutes } from './faults/instance-routes.ts';
import { type Health, type ReadinessChecks, useHealth } from './health.ts';
import { type ManagementOptions, useManagement } from './management.ts';
import { useObservation } from './observe.ts';
import { useProblems } from './problem-handler.ts';
import { requestIdOf, useRequestContext } from './request-context.ts';
import { useRequestTrace } from './request-trace.ts';
import { useValidation } from './validation.ts';

export interface AppOptions {
  contract: Contract;
  logger: Logger;
  metrics: Metrics;
  /** Each request becomes a span, in the caller's trace; of a public service only where the caller is a proxy of `trustProxy`. Default: none. */
  tracing?: Tracing;
  checks: ReadinessChecks;
  /** Anybody may call it, not only services; default false. */
  isPublic?: boolean;
  /** Left out: no management pages. */
  management?: Omit<ManagementOptions, 'metrics'>;
  /** What an instance tells of itself to services, unless it is public; left out: nothing. */
  instance?: InstanceRoutesOptions;
  /** Largest JSON body in bytes; default 1 MiB. */
  bodyLimit?: number;
  /** Take the client's address from `X-Forwarded-For` of these proxies (addresses or ranges, comma separated). */
  trustProxy?: string;
  /** Path before that of every route, as `/seg`; default: none. */
  rootPath?: string;
}

export interface App {
  server: FastifyInstance;
  health: Health;
}

/** Routes are added to `server`; `assertComplete` of the contract runs when the app becomes ready. */
export async function createApp(options: AppOptions): Promise<App> {
  const { contract, logger, metrics } = options;
  const server = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: requestIdOf,
    bodyLimit: options.bodyLimit ?? 1024 * 1024,
    trustProxy: options.trustProxy || false,
    ...(options.rootPath && { rewriteUrl: withoutRoot(options.rootPath) }),
    allowErrorHandlerOverride: false,
    // Whoever still sends something on an open connection has not heard yet that this instance leaves: it is served all the same.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    // A client that trickles its request in holds a socket only so long; uploads of the largest size on a slow line fit.
    requestTimeout: 120_000,
    keepAliveTimeout: 5_000,
  }) as unknown as FastifyInstance;

  useValidation(server);
  useProblems(server);
  useRequestTrace(server, options.tracing, {
    trusts: (request) => !options.isPublic || comesFromProxy(request),
    skips: ({ url }) => UNTRACED.test(url),
  });
  useRequestContext(server);
  useObservation(server, metrics);
  await server.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: contract.service, version: '0.1.0' } },
  });
  const health = useHealth(server, options.checks, metrics);
  closeConnectionsWhileClosing(server, () => health.draining);
  if (options.management) await useManagement(server, { ...options.management, metrics });
  if (options.instance && !options.isPublic) await useInstanceRoutes(server, contract, options.instance);
  checkCompleteness(server, contract);
  return { server, health };
}

/** Probes and management pages are asked every few seconds: their traces would hide the others. */
const UNTRACED = /^\/(healthz|readyz|links$|faults$|go-doudou)/;

/** Beside the sender's own address there is one only when the sender is a proxy of `trustProxy`. */
const comesFromProxy = ({ ips = [] }: FastifyRequest) => ips.length > 1;

/** Probes and management pages are found without the root path, too, as with go-doudou. */
function withoutRoot(rootPath: string): (request: IncomingMessage) => string {
  return ({ url = '/' }) => (url.startsWith(`${rootPath}/`) ? url.slice(rootPath.length) : url);
}

/** An operation that the contract promises and no route implements stops the service at start. */
function checkCompleteness(server: FastifyInstance, contract: Contract): void {
  server.addHook('onReady', async () => {
    const missing = Object.entries(contract.operations)
      .filter(([, { method, path }]) => !server.hasRoute({ method, url: path }))
      .map(([id]) => id);
    if (missing.length > 0) throw new Error(`${contract.service} does not implement ${missing.join(', ')}`);
  });
}
