import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createTracing, type TracingOptions, traceparentOf } from '../src/index.ts';
import { startCollector } from './collector.ts';
import { endpointOf } from './endpoint.ts';
import { isOverIn2s } from './is-over-in-2s.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const SERVER = 2;
const CLIENT = 3;
const ERROR = 2;

async function collector(status?: number) {
  const started = await startCollector(status);
  cleanups.push(started.close);
  return started;
}

/** A server that makes no sense to HTTP, or takes its time. */
async function oddServer(onConnection: (socket: Socket) => void) {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => {}));
    onConnection(socket);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  cleanups.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  return { endpoint: endpointOf(server), sockets };
}

function trace(endpoint: string, more: Partial<TracingOptions> = {}) {
  const lines: unknown[] = [];
  const logger = { warn: (fields: unknown) => void lines.push(fields) };
  const tracing = createTracing({ service: 'a', exporter: 'otlp', endpoint, sampleRatio: 1, logger, ...more });
  return { tracing, lines };
}

describe('a collector', () => {
  it('gets the spans of two services as one trace', async () => {
    const { endpoint, spans, requests } = await collector();
    const bff = trace(endpoint, { service: 'bff', instance: '10.0.0.1:6060' });
    const seg = trace(`${endpoint}/`, { service: 'seg', sampleRatio: 0 });

    const request = bff.tracing.startServer('POST /segment', {}, { 'http.request.method': 'POST' });
    const call = bff.tracing.startClient('seg/segment', request, { 'rpc.attempts': 2 });
    const headers = { traceparent: traceparentOf(call), tracestate: 'rojo=1' };
    const callee = seg.tracing.startServer('POST /segment', headers);
    const error = Object.assign(new Error('no text'), { code: 'BAD_REQUEST' });
    seg.tracing.end(callee, { error, attributes: { 'http.response.status_code': 400 } });
    bff.tracing.end(call, { error });
    bff.tracing.end(request, { attributes: { ok: true } });
    await seg.tracing.shutdown();
    await bff.tracing.shutdown();

    expect(requests).toEqual(Array(2).fill('POST /v1/traces application/json'));
    const [ofSeg, ofCall, ofBff] = spans;
    const { traceId } = request;
    const failure = { code: ERROR, message: 'no text' };
    expect(ofSeg).toMatchObject({
      ...{ traceId, spanId: callee.spanId, parentSpanId: call.spanId, traceState: 'rojo=1' },
      ...{ name: 'POST /segment', kind: SERVER, status: failure },
      attributes: { 'http.response.status_code': 400, 'error.type': 'BAD_REQUEST' },
      resource: { 'service.name': 'seg' },
    });
    expect(ofSeg!.resource).not.toHaveProperty('service.instance.id');
    expect(ofCall).toMatchObject({
      ...{ traceId, spanId: call.spanId, parentSpanId: request.spanId },
      ...{ name: 'seg/segment', kind: CLIENT, status: failure, attributes: { 'rpc.attempts': 2 } },
    });
    expect(ofBff).toMatchObject({
      ...{ traceId, spanId: request.spanId, name: 'POST /segment', kind: SERVER, status: { code: 0 } },
      attributes: { 'http.request.method': 'POST', ok: true },
      resource: { 'service.name': 'bff', 'service.instance.id': '10.0.0.1:6060' },
    });
    expect(ofBff).not.toHaveProperty('parentSpanId');
    expect(BigInt(ofBff!.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(ofBff!.startTimeUnixNano));
    expect(Math.abs(Number(BigInt(ofBff!.startTimeUnixNano) / 1_000_000n) - Date.now())).toBeLessThan(60_000);
    expect([...bff.lines, ...seg.lines]).toEqual([]);
  });

  it('gets more than one batch at the end', async () => {
    const { endpoint, spans, requests } = await collector();
    const { tracing } = trace(endpoint);
    for (let index = 0; index < 1_100; index++) tracing.end(tracing.startServer('GET /', {}));
    await tracing.shutdown();
    expect(spans).toHaveLength(1_100);
    expect(requests.length).toBeGreaterThan(1);
  });

  it('gets nothing of traces that are not sampled', async () => {
    const { endpoint, requests } = await collector();
    const { tracing } = trace(endpoint, { sampleRatio: 0 });
    tracing.end(tracing.startServer('GET /', {}));
    await tracing.shutdown();
    expect(requests).toEqual([]);
  });

  it('that refuses – one line', async () => {
    const { endpoint, requests } = await collector(400);
    const { tracing, lines } = trace(endpoint);
    tracing.end(tracing.startServer('GET /', {}));
    await tracing.shutdown();
    expect(requests).toHaveLength(1);
    expect(lines).toEqual([{ reason: 'Bad Request', lostSpans: 1 }]);
  });
});

describe('shutdown in less than 2 s', () => {
  it('a collector that never answers – one line, no connection stays', async () => {
    const { endpoint, sockets } = await oddServer((socket) => socket.resume());
    const { tracing, lines } = trace(endpoint);
    tracing.end(tracing.startServer('GET /', {}));
    expect(await isOverIn2s(tracing.shutdown())).toBe(true);
    expect(lines).toEqual([{ reason: expect.stringMatching(/timed out|no answer/), lostSpans: 1 }]);
    await expect.poll(() => sockets.map(({ closed }) => closed)).toEqual([true]);
  });

  it('an answer that never ends – one line, no connection stays', async () => {
    const { endpoint, sockets } = await oddServer((socket) => {
      socket.resume().write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n');
      const timer = setInterval(() => socket.write('x'), 100);
      socket.on('close', () => clearInterval(timer));
    });
    const { tracing, lines } = trace(endpoint);
    tracing.end(tracing.startServer('GET /', {}));
    expect(await isOverIn2s(tracing.shutdown())).toBe(true);
    expect(lines).toEqual([{ reason: expect.stringMatching(/timed out|no answer/), lostSpans: 1 }]);
    await expect.poll(() => sockets.map(({ closed }) => closed)).toEqual([true]);
  });

  it('a collector that is away – one line', async () => {
    // A free port could be taken by a test beside this one; nobody listens at the first.
    const { tracing, lines } = trace('http://127.0.0.1:1');
    tracing.end(tracing.startServer('GET /', {}));
    expect(await isOverIn2s(tracing.shutdown())).toBe(true);
    expect(lines).toEqual([{ reason: expect.stringMatching(/ECONNREFUSED|no answer/), lostSpans: 1 }]);
  });
});
