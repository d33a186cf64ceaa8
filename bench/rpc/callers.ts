/** The ways to make the call that are compared. */
import { createStaticDriver, Discovery } from '@wordcloud/discovery';
import { createBalancedChannel, createChannelMetrics, createClient } from '@wordcloud/rpc';
import { createMetrics, createTracing } from '@wordcloud/telemetry';
import { type Dispatcher, Pool } from 'undici';
import type { Caller } from './measure.ts';
import { connectMoleculer } from './moleculer-nodes.ts';
import { benchContract, REQUEST, SERVICE_TOKEN } from './operation.ts';

/** As the balanced channel has by default. */
const CONNECTIONS = 128;
const { service, operations } = benchContract;
const { method, path, timeoutMs } = operations.count;

export const CALLERS = {
  ours: connectOurs,
  undici: (addresses: string[]) => connectUndici(addresses, requestWithTimer),
  'undici-idle-timeouts': (addresses: string[]) => connectUndici(addresses, requestWithIdleTimeouts),
  moleculer: connectMoleculer,
} satisfies Record<string, (addresses: string[], collector: string) => Promise<Caller>>;
export type CallerKind = keyof typeof CALLERS;

/** Everything on: two instances to balance over, breakers, metrics; each call belongs to a request, of which 5 % are sent to a collector. */
async function connectOurs(addresses: string[], collector: string): Promise<Caller> {
  const discovery = new Discovery([createStaticDriver({ [service]: addresses })]);
  await discovery.ready();
  const metrics = createMetrics('bench');
  const channel = createBalancedChannel(service, { discovery, metrics: createChannelMetrics(metrics) });
  const tracing = createTracing({ service: 'bench', exporter: 'otlp', endpoint: collector, sampleRatio: 0.05 });
  const client = createClient(benchContract, channel, { serviceToken: SERVICE_TOKEN, metrics, tracing });
  return {
    async call() {
      const trace = tracing.startServer('bench', {});
      const answer = await client.count({ body: REQUEST }, { trace });
      tracing.end(trace);
      return answer;
    },
  };
}

/** undici as one would write it by hand: a pool for each instance, these in turn, a deadline, JSON. */
async function connectUndici(
  addresses: string[],
  request: (pool: Pool, body: string) => Promise<unknown>,
): Promise<Caller> {
  const pools = addresses.map((address) => new Pool(address, { connections: CONNECTIONS }));
  let turn = 0;
  return { call: () => request(pools[turn++ % pools.length]!, JSON.stringify(REQUEST)) };
}

const headers = {
  authorization: `Bearer ${SERVICE_TOKEN}`,
  accept: 'application/json',
  'content-type': 'application/json',
};

/** A deadline for the whole: a timer and a signal. */
async function requestWithTimer(pool: Pool, body: string): Promise<unknown> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new Error('the deadline is over')), timeoutMs);
  try {
    return await read(await pool.request({ method, path, headers, body, signal: controller.signal }));
  } finally {
    clearTimeout(timer);
  }
}

/** Cheaper, and no deadline for the whole: how long the head may take, and how long the body may be silent. */
async function requestWithIdleTimeouts(pool: Pool, body: string): Promise<unknown> {
  return read(await pool.request({ method, path, headers, body, headersTimeout: timeoutMs, bodyTimeout: timeoutMs }));
}

async function read({ statusCode, body }: Dispatcher.ResponseData): Promise<unknown> {
  if (statusCode === 200) return body.json();
  await body.dump();
  throw new Error(`status ${statusCode}`);
}
