import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { defineContract, type Problem, ProblemError } from '@wordcloud/contracts';
import { createClient, createFixedChannel } from '@wordcloud/rpc';
import { activeStep, createLogger, createMetrics, createTracing, type TracingOptions } from '@wordcloud/telemetry';
import Type from 'typebox';
import { afterEach, describe, expect, it } from 'vitest';
import { type AppOptions, createApp, route } from '../src/index.ts';

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
const frontContract = defineContract('wordcloud-maker', {
  ask: { ...get, path: '/ask' },
  stream: { ...get, path: '/stream', status: 200, produces: ['text/event-stream'] },
  send: { ...get, method: 'POST', path: '/send', body: Type.Object({ text: Type.String() }) },
});
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
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line)) };
  const options = { logger: createLogger({ service, destination }), metrics, tracing, checks: {} };
  return { spans, lines, tracing, options };
}

/** Two services: `ask` of the one calls `answer` of the other. */
async function start(sampleRatio: number, called: 'answer' | 'fail' = 'answer', more: Partial<AppOptions> = {}) {
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
  const frontApp = await createApp({ ...front.options, contract: frontContract, ...more });
  route(frontApp.server, frontContract, 'ask', async (_input, request) => {
    request.log.info('asking');
    return client[called]({}, request.context);
  });
  const stream = new Readable({ read() {} });
  route(frontApp.server, frontContract, 'stream', async (_input, _request, reply) => {
    stream.push('data: 1\n\n');
    return reply.type('text/event-stream').send(stream);
  });
  const seen: unknown[] = [];
  route(frontApp.server, frontContract, 'send', async ({ body }) => {
    await new Promise(setImmediate);
    seen.push([body.text.length, activeStep()?.spanId]);
    return undefined;
  });
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
    ...{ seen, lines: front.lines, tracing: front.tracing, spans: front.spans },
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
    const { ask, finish } = await start(0, 'answer', { isPublic: true });
    await ask({ traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' });
    expect(await finish()).toEqual({ front: [], back: [] });
  });

  it.each([
    ['a proxy of ours – decides, as its page has', '127.0.0.1', { 'x-forwarded-for': '203.0.113.9' }, 3],
    ['a proxy of ours that speaks of nobody – does not', '127.0.0.1', {}, 0],
    ['somebody who says to be a proxy – does not', '10.0.0.1', { 'x-forwarded-for': '203.0.113.9' }, 0],
  ])('to a public service, %s', async (_, trustProxy, headers, recorded) => {
    const { ask, finish } = await start(0, 'answer', { isPublic: true, trustProxy });
    await ask({ traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', ...headers });
    const { front, back } = await finish();
    expect([...front, ...back]).toHaveLength(recorded);
  });

  it('a caller that knows only uber-trace-id – its trace goes on', async () => {
    const { ask, finish } = await start(0);
    await ask({ 'uber-trace-id': '8448eb211c80319c%3Ab7ad6b7169203331%3A0%3A1' });
    const { front, back } = await finish();
    const ids = [...front, ...back].map((span) => span.spanContext().traceId);
    expect(ids).toEqual(Array(3).fill('00000000000000008448eb211c80319c'));
  });

  it('what is logged meanwhile, and the line of the answer – carry the ids; of others, nothing does', async () => {
    for (const [sampleRatio, isRecorded] of [
      [1, true],
      [0, false],
    ] as const) {
      const { ask, finish, lines } = await start(sampleRatio);
      await ask();
      const { front } = await finish();
      const context = front.find(({ name }) => name === 'GET /ask')?.spanContext();
      const ids = isRecorded ? [context!.traceId, context!.spanId] : [undefined, undefined];
      const found = lines.map(({ msg, traceId, spanId }) => [msg, traceId, spanId]);
      expect(found).toContainEqual(['asking', ...ids]);
      expect(found).toContainEqual(['answered', ...ids]);
    }
  });

  it('an error answer – names the trace where it is recorded', async () => {
    const recorded = await start(1, 'fail');
    const { traceId } = (await (await recorded.ask()).json()) as Problem;
    expect((await recorded.finish()).front[0]!.spanContext().traceId).toBe(traceId);
    const other = await start(0, 'fail');
    expect(await (await other.ask()).json()).not.toHaveProperty('traceId');
  });

  it('a request whose body comes in pieces – its handler still knows its step', async () => {
    const { frontOrigin, finish, seen } = await start(1);
    const { hostname, port } = new URL(frontOrigin);
    const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
    const sent = httpRequest({ hostname, port, path: '/send', method: 'POST', headers });
    sent.write('{"text":"');
    await new Promise((resolve) => sent.write('x'.repeat(300_000), resolve));
    sent.end('"}');
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    answer.resume();
    expect(answer.statusCode).toBe(204);
    const { front } = await finish();
    expect(seen).toEqual([[300_000, front[0]!.spanContext().spanId]]);
  });

  it('requests one after the other on a connection – each has its own step', async () => {
    const { frontOrigin, finish, seen } = await start(0);
    const { port } = new URL(frontOrigin);
    const post = (traceparent: string) =>
      `POST /send HTTP/1.1\r\nhost: a\r\n${traceparent}content-type: application/json\r\ncontent-length: 13\r\n\r\n{"text":"ab"}`;
    const socket = connect(Number(port), '127.0.0.1');
    // In one packet: both are read in one go.
    socket.write(post(`traceparent: 00-${'a'.repeat(32)}-${'b'.repeat(16)}-01\r\n`) + post(''));
    await expect.poll(() => seen.length).toBe(2);
    socket.destroy();
    const { front } = await finish();
    expect(seen).toEqual([
      [2, front[0]!.spanContext().spanId],
      [2, undefined],
    ]);
    expect(front).toHaveLength(1);
  });

  it('a stream of events – its span ends when it begins, not hours later', async () => {
    const { frontOrigin, tracing, spans } = await start(1);
    const answer = await fetch(`${frontOrigin}/stream`);
    const reader = answer.body!.getReader();
    await reader.read();
    await tracing.shutdown();
    expect(spans.map(({ name, attributes }) => [name, attributes['http.response.status_code']])).toEqual([
      ['GET /stream', 200],
    ]);
    await reader.cancel();
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
