/** The process that serves: `server.ts <kind> <address of the collector of traces>`; answers `{}` with its addresses and its CPU time. */
import { createApp, requireServiceToken, route } from '@wordcloud/service-kit';
import { createLogger, createMetrics, createTracing } from '@wordcloud/telemetry';
import fastify from 'fastify';
import { startMoleculerServer } from './moleculer-nodes.ts';
import { answer, benchContract, SERVICE_TOKEN } from './operation.ts';
import { answerParent, cpuMicroseconds } from './processes.ts';

export type ServerKind = 'service-kit' | 'fastify' | 'moleculer';

export interface ServerState {
  /** Where clients connect to: base URLs, or `host:port/node` of Moleculer. */
  addresses: string[];
  /** Microseconds since the process began. */
  cpu: number;
}

/** Of each kind, so that there is something to balance. */
const INSTANCES = 2;
const anywhere = { host: '127.0.0.1', port: 0 };

/** As a service of ours is, without a log line for each request, which neither of the others writes. */
async function startServiceKit(collector: string): Promise<string[]> {
  const metrics = createMetrics('wordcloud-seg');
  const logger = createLogger({ service: 'wordcloud-seg', level: 'warn' });
  const tracing = createTracing({
    ...{ service: 'wordcloud-seg', exporter: 'otlp', endpoint: collector, sampleRatio: 0.05 },
    logger,
  });
  const start = async () => {
    const { server } = await createApp({ contract: benchContract, logger, metrics, tracing, checks: {} });
    await server.register(async (routes) => {
      routes.addHook('onRequest', requireServiceToken(SERVICE_TOKEN));
      route(routes, benchContract, 'count', async ({ body }) => answer(body));
    });
    return server.listen(anywhere);
  };
  return Promise.all(Array.from({ length: INSTANCES }, start));
}

async function startFastify(): Promise<string[]> {
  const { method, path, body, reply } = benchContract.operations.count;
  const start = () => {
    const server = fastify();
    server.route<{ Body: Parameters<typeof answer>[0] }>({
      ...{ method, url: path, schema: { body, response: { 200: reply } } },
      handler: async (request) => answer(request.body),
    });
    return server.listen(anywhere);
  };
  return Promise.all(Array.from({ length: INSTANCES }, start));
}

const [kind, collector] = process.argv.slice(2) as [ServerKind, string];
const starters: Record<ServerKind, () => Promise<string[]>> = {
  'service-kit': () => startServiceKit(collector),
  fastify: startFastify,
  moleculer: () => startMoleculerServer(INSTANCES, collector),
};
const addresses = starters[kind]();
answerParent<object>(async (): Promise<ServerState> => ({ addresses: await addresses, cpu: cpuMicroseconds() }));
