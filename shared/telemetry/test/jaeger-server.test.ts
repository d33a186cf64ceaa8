/** What a real Jaeger makes of our spans, in each way that it can get them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type JaegerServer, lookForJaeger, startJaeger } from '../../../scripts/test-servers/start-jaeger.ts';
import { createTracing, type TracingOptions } from '../src/index.ts';

const jaeger = lookForJaeger();
const PATIENCE = { timeout: 15_000 };

/** As Jaeger's API tells of it. */
interface StoredSpan {
  traceID: string;
  spanID: string;
  operationName: string;
  references: { refType: string; traceID: string; spanID: string }[];
  startTime: number;
  duration: number;
  tags: { key: string; type: string; value: unknown }[];
}

describe.skipIf(jaeger.missing)(`a real Jaeger${jaeger.note}`, () => {
  let server: JaegerServer;
  beforeAll(async () => {
    server = await startJaeger();
  });
  afterAll(() => server?.stop());

  const read = async (traceId: string) => {
    const answer = await fetch(`${server.query}/api/traces/${traceId}`);
    if (!answer.ok) return [];
    const { data } = (await answer.json()) as {
      data: { spans: StoredSpan[]; processes: Record<string, { serviceName: string }> }[];
    };
    const [{ spans, processes } = { spans: [], processes: {} }] = data;
    const services = new Set(Object.values(processes).map(({ serviceName }) => serviceName));
    return spans.map((span) => ({ ...span, services: [...services] }));
  };

  it.each<[string, () => Pick<TracingOptions, 'exporter' | 'endpoint' | 'jaeger'>]>([
    ['by OTLP', () => ({ exporter: 'otlp', endpoint: server.otlp })],
    ['by jaeger-client over UDP', () => ({ exporter: 'jaeger', jaeger: { agentPort: server.agentPort } })],
    ['by jaeger-client over HTTP', () => ({ exporter: 'jaeger', jaeger: { endpoint: server.collector } })],
  ])('%s – two traces with a link, as they were', async (name, target) => {
    const service = `test ${name}`;
    const tracing = createTracing({ service, sampleRatio: 1, ...target() });
    const request = tracing.startServer('POST /x', {}, { n: 3, ok: true, share: 0.5, text: 'a' });
    const work = tracing.startConsumer('make', request);
    const part = tracing.startPart('draw', work, {}, 1_795_000_000_000.25);
    tracing.end(part, { error: new RangeError('too far'), endTime: 1_795_000_000_001.5 });
    tracing.end(work);
    tracing.end(request);
    await tracing.shutdown();

    await expect.poll(async () => (await read(work.traceId)).length, PATIENCE).toBe(2);
    await expect.poll(async () => (await read(request.traceId)).length, PATIENCE).toBe(1);
    const [stored] = await read(request.traceId);
    expect(stored).toMatchObject({ services: [service], operationName: 'POST /x', spanID: request.spanId });
    const tagsOf = (span: StoredSpan) =>
      Object.fromEntries(span.tags.map(({ key, type, value }) => [key, [type, value]]));
    expect(tagsOf(stored!)).toMatchObject({
      ...{ n: ['int64', 3], ok: ['bool', true], share: ['float64', 0.5], text: ['string', 'a'] },
      'span.kind': ['string', 'server'],
    });
    const making = await read(work.traceId);
    const make = making.find(({ spanID }) => spanID === work.spanId)!;
    const draw = making.find(({ spanID }) => spanID === part.spanId)!;
    expect(make.references).toMatchObject([
      { refType: 'FOLLOWS_FROM', traceID: request.traceId, spanID: request.spanId },
    ]);
    expect(draw.references).toMatchObject([{ refType: 'CHILD_OF', traceID: work.traceId, spanID: work.spanId }]);
    expect([draw.startTime, draw.duration]).toEqual([1_795_000_000_000_250, 1_250]);
    expect(tagsOf(draw)).toMatchObject({ error: ['bool', true], 'otel.status_description': ['string', 'too far'] });
  });
});
