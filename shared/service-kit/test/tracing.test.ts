import { defineContract, ProblemError } from '@wordcloud/contracts';
import { createClient, createFixedChannel } from '@wordcloud/rpc';
import { createLogger, createMetrics, createTracing, type TracingOptions } from '@wordcloud/telemetry';
import { afterEach, describe, expect, it } from 'vitest';
import { createApp, route } from '../src/index.ts';

type SpanExporter = NonNullable<TracingOptions['spanExporter']>;
type ReadableSpan = Parameters<SpanExporter['export']>[0][number];

const get = {
  method: 'GET',
  summary: 'Answers',
  status: 204,
  errors: [],
  timeoutMs: 2_000,
  idempotent: false,
} as const;
const frontContract = defineContract('wordcloud-maker', { ask: { ...get, path: '/ask' } });
const backContract = defineContract('wordcloud-seg', {
  answer: { ...get, path: '/answer' },
  fail: { ...get, path: '/fail' },
});

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** The tracing of one service, and the spans that it has exported. */
function traced(service: string, sampleRatio: number) {
  const spans: ReadableSpan[] = [];
  const spanExporter: SpanExporter = {
    export(batch, done) {
      spans.push(...batch);
      done({ code: 0 });
    },
    shutdown: async () => {},
  };
  const tracing = createTracing({ service, exporter: 'otlp', spanExporter, sampleRatio });
  const metrics = createMetrics(service, { processMetrics: false });
  const options = { logger: createLogger({ service, level: 'silent' }), metrics, tracing, checks: {} };
  return { spans, tracing, options };
}

/** Two services: `ask` of the one calls `answer` of the other. */
async function start(sampleRatio: number, called: 'answer' | 'fail' = 'answer', isPublic = false) {
  const back = traced('back', sampleRatio);
  const backApp = await createApp({ ...back.options, contract: backContract });
  route(backApp.server, backContract, 'answer', async () => undefined);
  route(backApp.server, backContract, 'fail', async () => {
    throw new Error('a bug');
  });
  const origin = await backApp.server.listen({ host: '127.0.0.1', port: 0 });

  const front = traced('front', sampleRatio);
  const client = createClient(backContract, createFixedChannel('wordcloud-seg', { origin }), {
    serviceToken: 'secret token of the services',
    tracing: front.tracing,
  });
  const frontApp = await createApp({ ...front.options, contract: frontContract, isPublic });
  route(frontApp.server, frontContract, 'ask', async (_input, request) => client[called]({}, request.context));
  const frontOrigin = await frontApp.server.listen({ host: '127.0.0.1', port: 0 });
  cleanUps.push(
    () => backApp.server.close(),
    () => client.close(),
    () => frontApp.server.close(),
  );
  const finish = async () => {
    await Promise.all(cleanUps.splice(0).map((cleanUp) => cleanUp()));
    await Promise.all([front.tracing.shutdown(), back.tracing.shutdown()]);
    return { front: front.spans, back: back.spans };
  };
  return {
    ask: (headers: Record<string, string> = {}) => fetch(`${frontOrigin}/ask`, { headers }),
    frontOrigin,
    finish,
  };
}

const parentOf = (span: ReadableSpan | undefined) => span?.parentSpanContext?.spanId;
const idOf = (span: ReadableSpan | undefined) => span?.spanContext().spanId;

describe('traces through services', () => {
  it('a request that calls another service – three spans, each the child of the one before', async () => {
    const { ask, finish } = await start(1);
    expect((await ask()).status).toBe(204);
    const { front, back } = await finish();
    expect(front.map(({ name }) => name).toSorted()).toEqual(['GET /ask', 'wordcloud-seg/answer']);
    const request = front.find(({ name }) => name === 'GET /ask');
    const call = front.find(({ name }) => name === 'wordcloud-seg/answer');
    expect(parentOf(request)).toBeUndefined();
    expect(parentOf(call)).toBe(idOf(request));
    expect(back.map(({ name }) => name)).toEqual(['GET /answer']);
    expect(parentOf(back[0])).toBe(idOf(call));
    expect(new Set([...front, ...back].map((span) => span.spanContext().traceId)).size).toBe(1);
    expect(call?.attributes).toMatchObject({ 'rpc.attempts': 1, 'rpc.outcome': 'ok' });
    expect(request?.attributes).toMatchObject({ 'http.route': '/ask', 'http.response.status_code': 204 });
  });

  it('the caller decides what is recorded – by its traceparent, whatever the share is here', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const { ask, finish } = await start(0);
    await ask();
    await ask({ traceparent: `00-${traceId}-b7ad6b7169203331-01` });
    const { front, back } = await finish();
    expect([...front, ...back].map((span) => span.spanContext().traceId)).toEqual([traceId, traceId, traceId]);
    expect(parentOf(front.find(({ name }) => name === 'GET /ask'))).toBe('b7ad6b7169203331');
  });

  it('a stranger – does not decide what is recorded', async () => {
    const { ask, finish } = await start(0, 'answer', true);
    await ask({ traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' });
    expect(await finish()).toEqual({ front: [], back: [] });
  });

  it('a failure – marked where it happened and where it was felt', async () => {
    const { ask, finish } = await start(1, 'fail');
    expect((await ask()).status).toBe(new ProblemError('INTERNAL', '').status);
    const { front, back } = await finish();
    for (const span of [...front, ...back]) expect([span.name, span.status.code]).toEqual([span.name, 2]);
    const call = front.find(({ name }) => name === 'wordcloud-seg/fail');
    expect(call?.attributes).toMatchObject({ 'rpc.outcome': 'INTERNAL', 'error.type': 'INTERNAL' });
  });

  it('probes and management pages – not traced', async () => {
    const { frontOrigin, finish } = await start(1);
    for (const path of ['/healthz', '/readyz', '/go-doudou/config']) await fetch(frontOrigin + path);
    expect((await finish()).front).toEqual([]);
  });
});
