import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { afterEach, describe, expect, it } from 'vitest';
import { createTracing, type TracingOptions, traceparentOf } from '../src/index.ts';
import { createJaegerExporter } from '../src/jaeger-exporter.ts';
import { endpointOf } from './endpoint.ts';
import { isOverIn2s } from './is-over-in-2s.ts';
import { startJaegerAgent, startJaegerCollector } from './jaeger-receiver.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function closedAfterwards<T extends { close: () => Promise<void> }>(starting: Promise<T>): Promise<T> {
  const started = await starting;
  cleanups.push(started.close);
  return started;
}

function trace(jaeger: NonNullable<TracingOptions['jaeger']>, more: Partial<TracingOptions> = {}) {
  const lines: unknown[] = [];
  const logger = { warn: (fields: unknown) => void lines.push(fields) };
  const tracing = createTracing({ service: 'a', exporter: 'jaeger', jaeger, sampleRatio: 1, logger, ...more });
  return { tracing, lines };
}

/** A span as the SDK gives it, with all that it can have. */
const fullSpan = (attributes: ReadableSpan['attributes'] = {}): ReadableSpan => {
  const context = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: 'f0f067aa0ba902b7', traceFlags: 1 };
  return {
    name: 'make',
    kind: SpanKind.CONSUMER,
    spanContext: () => context,
    parentSpanContext: { ...context, spanId: '00000000000000a1' },
    startTime: [1_795_000_000, 123_456_789],
    endTime: [1_795_000_001, 123_456_789],
    duration: [1, 2_000],
    attributes,
    status: { code: SpanStatusCode.OK },
    events: [{ name: 'retried', time: [1_795_000_000, 5_000], attributes: { attempt: 2 } }],
    links: [{ context: { ...context, traceId: `${'0'.repeat(16)}a3ce929d0e0e4736`, spanId: 'ffffffffffffffff' } }],
    ended: true,
    resource: { attributes: { 'service.name': 'a', 'service.instance.id': 'h:1' } } as never,
    instrumentationScope: { name: 'scope' },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
};

const receivers = {
  async UDP() {
    const agent = await closedAfterwards(startJaegerAgent());
    return { ...agent, target: { agentHost: '127.0.0.1', agentPort: agent.port } };
  },
  async HTTP() {
    const collector = await closedAfterwards(startJaegerCollector());
    return { ...collector, target: { endpoint: collector.endpoint } };
  },
};

describe.each(Object.entries(receivers))('Jaeger over %s', (_, start) => {
  it('a request with a call – ids, parents, tags, times and failures arrive', async () => {
    const { target, spans } = await start();
    const { tracing, lines } = trace(target, { service: 'bff', instance: '10.0.0.1:6060' });
    const before = Date.now() - 1;
    const request = tracing.startServer('POST /x', { tracestate: 'rojo=1' }, { 'http.request.method': 'POST', n: 3 });
    const call = tracing.startClient('seg/segment', request, { share: 0.5, ok: false, list: ['a', 'b'] });
    tracing.end(call, { error: Object.assign(new Error('no text'), { code: 'BAD_REQUEST' }) });
    tracing.end(request);
    await tracing.shutdown();
    await expect.poll(() => spans.length).toBe(2);
    const [ofCall, ofRequest] = spans;
    expect(ofRequest).toMatchObject({
      ...{ service: 'bff', name: 'POST /x', traceId: request.traceId, spanId: request.spanId, flags: 1 },
      ...{ parentSpanId: '0'.repeat(16), references: [], logs: [] },
      process: { 'service.instance.id': '10.0.0.1:6060' },
      tags: { 'http.request.method': 'POST', n: 3n, 'span.kind': 'server' },
    });
    expect(ofRequest!.process).not.toHaveProperty('service.name');
    for (const absent of ['error', 'otel.status_code']) expect(ofRequest!.tags).not.toHaveProperty(absent);
    expect(ofCall).toMatchObject({
      ...{ name: 'seg/segment', traceId: request.traceId, spanId: call.spanId, parentSpanId: request.spanId },
      tags: {
        ...{ share: 0.5, ok: false, list: '["a","b"]', 'span.kind': 'client', 'error.type': 'BAD_REQUEST' },
        ...{ error: true, 'otel.status_code': 'ERROR', 'otel.status_description': 'no text' },
      },
    });
    expect(ofRequest!.startMicros / 1_000).toBeGreaterThanOrEqual(before);
    expect(ofRequest!.startMicros / 1_000 + ofRequest!.durationMicros / 1_000).toBeLessThanOrEqual(Date.now() + 1);
    expect(lines).toEqual([]);
  });

  it('links, events, and every bit of ids and times – arrive', async () => {
    const { target, spans } = await start();
    const exporter = createJaegerExporter('a', target);
    expect(await new Promise((resolve) => exporter.export([fullSpan({ most: 2 ** 53 - 1 })], resolve))).toEqual({
      code: 0,
    });
    await expect.poll(() => spans.length).toBe(1);
    expect(spans[0]).toEqual({
      ...{ service: 'a', process: { 'service.instance.id': 'h:1' }, name: 'make', flags: 1 },
      ...{ traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: 'f0f067aa0ba902b7', parentSpanId: '00000000000000a1' },
      ...{ startMicros: 1_795_000_000_123_456, durationMicros: 1_000_002 },
      tags: { most: 2n ** 53n - 1n, 'span.kind': 'consumer', 'otel.scope.name': 'scope', 'otel.status_code': 'OK' },
      logs: [{ micros: 1_795_000_000_000_005, fields: { event: 'retried', attempt: 2n } }],
      references: [{ type: 'FOLLOWS_FROM', traceId: `${'0'.repeat(16)}a3ce929d0e0e4736`, spanId: 'ffffffffffffffff' }],
    });
    await exporter.shutdown();
  });

  it('more than one batch, at the end – all arrive', async () => {
    const { target, spans } = await start();
    const { tracing, lines } = trace(target);
    for (let index = 0; index < 1_100; index++) tracing.end(tracing.startServer('GET /', {}, { index }));
    await tracing.shutdown();
    await expect.poll(() => spans.length).toBe(1_100);
    expect(new Set(spans.map(({ tags }) => tags.index)).size).toBe(1_100);
    expect(lines).toEqual([]);
  });
});

describe('Jaeger over UDP', () => {
  it('more than a packet holds – several packets; a span larger than a packet is lost alone', async () => {
    const { target, spans, sizes } = await receivers.UDP();
    const { tracing, lines } = trace(target);
    for (let index = 0; index < 100; index++) {
      tracing.end(tracing.startServer('GET /', {}, { text: 'x'.repeat(index === 50 ? 70_000 : 5_000) }));
    }
    await tracing.shutdown();
    await expect.poll(() => spans.length).toBe(99);
    expect(sizes.length).toBeGreaterThan(5);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(65_000);
    expect(lines).toEqual([{ reason: expect.stringContaining('larger than maxSpanSize'), lostSpans: 100 }]);
  });

  it('an agent with an address of IPv6 – is found', async ({ skip }) => {
    const agent = await closedAfterwards(startJaegerAgent('::1')).catch(() => skip('no IPv6 here'));
    const { tracing } = trace({ agentHost: '::1', agentPort: agent.port });
    tracing.end(tracing.startServer('GET /', {}));
    await tracing.shutdown();
    await expect.poll(() => agent.spans.length).toBe(1);
  });

  it('nobody there – shutdown in less than 2 s, not a word', async () => {
    const { tracing, lines } = trace({ agentHost: '127.0.0.1', agentPort: 1 });
    tracing.end(tracing.startServer('GET /', {}));
    expect(await isOverIn2s(tracing.shutdown())).toBe(true);
    expect(lines).toEqual([]);
  });

  it('a host that has no address – one line', async () => {
    const { tracing, lines } = trace({ agentHost: 'no-such-host.invalid' });
    tracing.end(tracing.startServer('GET /', {}));
    expect(await isOverIn2s(tracing.shutdown())).toBe(true);
    expect(lines).toEqual([{ reason: expect.stringMatching(/no-such-host|no answer/), lostSpans: 1 }]);
  });
});

describe('Jaeger over HTTP', () => {
  it('user and password in the address – sent, and the agent is not asked', async () => {
    const [collector, agent] = [await receivers.HTTP(), await receivers.UDP()];
    const endpoint = collector.endpoint.replace('//', '//ada:p%40ss@');
    const { tracing } = trace({ endpoint, agentPort: agent.port });
    tracing.end(tracing.startServer('GET /', {}));
    await tracing.shutdown();
    const user = Buffer.from('ada:p@ss').toString('base64');
    expect(collector.requests).toEqual([`POST /api/traces application/x-thrift Basic ${user}`]);
    expect(agent.spans).toEqual([]);
  });

  it('that refuses – one line; the next batch is sent all the same', async () => {
    const { endpoint, requests } = await closedAfterwards(startJaegerCollector(503));
    const { tracing, lines } = trace({ endpoint });
    for (let index = 0; index < 600; index++) tracing.end(tracing.startServer('GET /', {}));
    await tracing.shutdown();
    expect(requests).toHaveLength(2);
    expect(lines).toEqual([{ reason: expect.stringContaining('503'), lostSpans: 512 }]);
  });

  it('that never answers – shutdown in less than 2 s, one line, no connection stays', async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => void sockets.push(socket.on('error', () => {}).resume()));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    cleanups.push(async () => void server.close());
    const { tracing, lines } = trace({ endpoint: endpointOf(server) });
    for (let index = 0; index < 1_100; index++) tracing.end(tracing.startServer('GET /', {}));
    expect(await isOverIn2s(tracing.shutdown())).toBe(true);
    expect(lines).toEqual([{ reason: expect.stringContaining('no answer'), lostSpans: 512 }]);
    await expect.poll(() => sockets.map(({ closed }) => closed)).not.toContain(false);
    expect(sockets).not.toEqual([]);
  });

  it('that is away – one line', async () => {
    const { tracing, lines } = trace({ endpoint: 'http://127.0.0.1:1/api/traces' });
    tracing.end(tracing.startServer('GET /', {}));
    expect(await isOverIn2s(tracing.shutdown())).toBe(true);
    expect(lines).toEqual([{ reason: expect.stringMatching(/ECONNREFUSED|no answer/), lostSpans: 1 }]);
  });

  it.each(['jaeger', 'jaeger:14268', 'udp://jaeger:6832'])('%o – refused', (endpoint) => {
    expect(() => createJaegerExporter('a', { endpoint })).toThrow(TypeError);
  });
});

it('what is sent to others – the same ids, whoever exports', async () => {
  const { target, spans } = await receivers.UDP();
  const { tracing } = trace(target);
  const call = tracing.startClient('b/get', tracing.startServer('GET /', {}));
  tracing.end(call);
  await tracing.shutdown();
  await expect.poll(() => spans.length).toBe(1);
  expect(traceparentOf(call)).toBe(`00-${spans[0]!.traceId}-${spans[0]!.spanId}-01`);
});
