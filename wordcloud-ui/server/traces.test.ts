import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { createTracing, type TracingOptions } from '@wordcloud/telemetry';
import { describe, expect, it } from 'vitest';
import { freeAddress, startApp, startUpstream } from './test-page.ts';

type SpanExporter = NonNullable<TracingOptions['spanExporter']>;
type ReadableSpan = Parameters<SpanExporter['export']>[0][number];

const STRANGER = {
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  tracestate: 'a=1',
  'uber-trace-id': '0af7651916cd43dd8448eb211c80319c:b7ad6b7169203331:0:1',
};

/** The page before a bff that remembers the headers that it got. */
async function start(sampleRatio: number) {
  const spans: ReadableSpan[] = [];
  const spanExporter: SpanExporter = {
    export(batch, done) {
      spans.push(...batch);
      done({ code: 0 });
    },
    shutdown: async () => {},
  };
  const tracing = createTracing({ service: 'wordcloud-ui', exporter: 'none', spanExporter, sampleRatio });
  const seen: IncomingMessage['headers'][] = [];
  const bff = await startUpstream((incoming, answer) => {
    seen.push(incoming.headers);
    const isStream = incoming.url === '/api/events';
    answer.writeHead(200, isStream ? { 'content-type': 'text/event-stream' } : {});
    if (isStream) answer.write(': begin\n\n');
    else answer.end('{}');
  });
  const { address, server } = await startApp([bff], { tracing });
  const finish = async () => {
    await server.close();
    await tracing.shutdown();
    return spans;
  };
  return { address, seen, spans, tracing, finish };
}

describe('traces', () => {
  it('a request under /api – a span, and the bff is told of it; what the browser says of traces is not passed on', async () => {
    const { address, seen, finish } = await start(1);
    await (await fetch(`${address}/api/me`, { headers: STRANGER })).text();
    const spans = await finish();
    expect(spans).toHaveLength(1);
    const { traceId, spanId } = spans[0]!.spanContext();
    expect(spans[0]).toMatchObject({ name: 'GET /api/*', kind: 1, attributes: { 'http.response.status_code': 200 } });
    expect(traceId).not.toBe('0af7651916cd43dd8448eb211c80319c');
    expect(seen[0]).toMatchObject({ traceparent: `00-${traceId}-${spanId}-01` });
    for (const name of ['tracestate', 'uber-trace-id']) expect(seen[0]).not.toHaveProperty(name);
  });

  it('a request that is not chosen – the bff is told so', async () => {
    const { address, seen, finish } = await start(0);
    await (await fetch(`${address}/api/me`, { headers: STRANGER })).text();
    expect(await finish()).toEqual([]);
    expect(seen[0]!.traceparent).toMatch(/-00$/);
  });

  it('no tracing here – the bff is told nothing, so that it begins its own', async () => {
    const seen: IncomingMessage['headers'][] = [];
    const bff = await startUpstream((incoming, answer) => {
      seen.push(incoming.headers);
      answer.end('{}');
    });
    const { address } = await startApp([bff]);
    await (await fetch(`${address}/api/me`, { headers: STRANGER })).text();
    for (const name of Object.keys(STRANGER)) expect(seen[0]).not.toHaveProperty(name);
  });

  it('the page, its files and probes – no spans', async () => {
    const { address, finish } = await start(1);
    for (const path of ['/', '/assets/index-abc123.js', '/healthz', '/readyz'])
      await (await fetch(address + path)).text();
    expect(await finish()).toEqual([]);
  });

  it('a stream of events – its span ends when it begins, not hours later', async () => {
    const { address, spans, tracing } = await start(1);
    const sent = request(`${address}/api/events`).end();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    await once(answer, 'data');
    await tracing.shutdown();
    expect(spans).toMatchObject([{ attributes: { 'http.response.status_code': 200 } }]);
    sent.on('error', () => {}).destroy();
  });

  it('the bff is away – the answer names the trace', async () => {
    const spanExporter = { export: () => {}, shutdown: async () => {} };
    const tracing = createTracing({ service: 'wordcloud-ui', exporter: 'none', spanExporter, sampleRatio: 1 });
    const { address } = await startApp([await freeAddress()], { tracing });
    const answer = await fetch(`${address}/api/me`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({
      code: 'UNAVAILABLE',
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    await tracing.shutdown();
  });
});
