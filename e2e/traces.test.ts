/** Traces of the whole system: through the page's server, with a real database, object store and Redis where they can be had. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Problem, Task } from '@wordcloud/contracts';
import { createLogger, createTracing } from '@wordcloud/telemetry';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findMariaDb, findRedis, findS3 } from '../scripts/test-servers/test-servers.ts';
import { type ReceivedSpan, startCollector } from '../shared/telemetry/test/collector.ts';
import { buildApp } from '../wordcloud-ui/server/app.ts';
import { type ApiUser, signUp } from './api-client.ts';
import { type LocalSystem, startLocalSystem } from './local-system.ts';

const TEXT = 'The captain steered the ship through the storm. The crew trusted the captain. '.repeat(5);
const SERVER = 2;
const CLIENT = 3;
const CONSUMER = 5;
/** Spans leave every five seconds; a busy machine needs more. */
const PATIENCE = { timeout: 30_000, interval: 200 };

const [mariaDb, s3, redis] = await Promise.all([findMariaDb(), findS3(), findRedis()]);

type Span = ReceivedSpan & { service: unknown };

/** The page's server in front of the system, as its `main.ts` opens it; the page itself has nothing to do with traces. */
async function startPage(bff: string, endpoint: string) {
  const folder = await mkdtemp(join(tmpdir(), 'wordcloud-page-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  const logger = createLogger({ service: 'wordcloud-ui', level: 'warn' });
  const tracing = createTracing({ service: 'wordcloud-ui', exporter: 'otlp', endpoint, sampleRatio: 1, logger });
  const { server } = await buildApp({ folder, bffAddresses: [bff], logger, tracing, trustProxy: '', now: Date.now });
  const address = await server.listen({ host: '127.0.0.1', port: 0 });
  const stop = async () => {
    await server.close();
    await tracing.shutdown();
    await rm(folder, { recursive: true, force: true });
  };
  return { address, stop };
}

function settingsOfServers(): Record<string, string> {
  const store = s3.missing ? undefined : s3.freshSettings();
  return {
    ...(!mariaDb.missing && { TASK_DATABASE_URL: mariaDb.freshUrl() }),
    ...(!redis.missing && { REDIS_URL: redis.url() }),
    ...(store && {
      OBJECT_STORE: 's3',
      S3_ENDPOINT: store.endpoint,
      S3_BUCKET: store.bucket,
      S3_ACCESS_KEY: store.accessKey,
      S3_SECRET_KEY: store.secretKey,
    }),
  };
}

describe('traces of the whole system', () => {
  let collector: Awaited<ReturnType<typeof startCollector>>;
  let system: LocalSystem;
  let page: Awaited<ReturnType<typeof startPage>>;
  let user: ApiUser;
  let task: Task;

  const all = (): Span[] => collector.spans.map((span) => ({ ...span, service: span.resource['service.name'] }));
  const inTrace = (traceId: string) => all().filter((span) => span.traceId === traceId);
  const namesIn = (traceId = '') => inTrace(traceId).map(({ name }) => name);
  const upload = () => all().find(({ attributes, kind }) => kind === SERVER && attributes['task.id'] === task.id);
  const making = () => all().find(({ kind, attributes }) => kind === CONSUMER && attributes['task.id'] === task.id);
  /** `service name` of each step from one up to the first of its trace. */
  const wayOf = (spans: Span[], span: Span | undefined): string[] => {
    if (span === undefined) return [];
    const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
    return [`${span.service} ${span.name}`, ...wayOf(spans, parent)];
  };
  const orphans = (spans: Span[]) =>
    spans.filter(
      ({ parentSpanId }) => parentSpanId !== undefined && !spans.some(({ spanId }) => spanId === parentSpanId),
    );

  beforeAll(async () => {
    collector = await startCollector();
    system = await startLocalSystem({
      ...{ MAKER_WORKERS: '1', SEG_WORKERS: '1', GDD_LOG_LEVEL: 'debug' },
      // Nothing begins at the services: what is recorded, the page's server has decided.
      ...{ TRACES_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, OTEL_TRACES_SAMPLER_ARG: '0' },
      ...settingsOfServers(),
    });
    page = await startPage(system.api, collector.endpoint);
    user = await signUp(page.address, 'tracer');
    task = await user.make(TEXT);
    expect(task.status).toBe('succeeded');
    // The last that each process has to say of them.
    await vi.waitFor(() => {
      expect(namesIn(upload()?.traceId)).toEqual(expect.arrayContaining(['POST /api/*', 'POST /tasks']));
      const last = [
        'POST /make',
        'POST /segment',
        ...['progress', 'success'].map((end) => `POST /tasks/:taskId/attempts/:attempt/${end}`),
      ];
      expect(namesIn(making()?.traceId)).toEqual(expect.arrayContaining(last));
      // A report on the way may end after the making.
      for (const trace of [upload(), making()]) expect(orphans(inTrace(trace!.traceId))).toEqual([]);
    }, PATIENCE);
  });
  afterAll(async () => {
    await page?.stop();
    await system?.stop();
    await collector?.close();
  });

  it('an upload – one trace from the page to the database', () => {
    const spans = inTrace(upload()!.traceId);
    const insert = spans.find(({ name }) => name === 'INSERT task');
    expect(wayOf(spans, insert)).toEqual([
      'wordcloud-task INSERT task',
      'wordcloud-task POST /tasks',
      'wordcloud-bff wordcloud-task/createTask',
      'wordcloud-bff POST /api/wordclouds',
      'wordcloud-ui POST /api/*',
    ]);
    expect(insert).toMatchObject({
      kind: CLIENT,
      attributes: {
        'db.system.name': mariaDb.missing ? 'sqlite' : 'mysql',
        'db.query.text': expect.stringMatching(/^insert into .task. \(.*values \((\?, )+\?\)$/),
      },
    });
    const put = spans.find(({ name }) => name === 'put object');
    expect(wayOf(spans, put)[1]).toBe('wordcloud-bff POST /api/wordclouds');
    expect(put!.attributes).toMatchObject({
      ...{ 'object_store.system': s3.missing ? 'folder' : 's3', 'object_store.bytes': TEXT.length },
      'object_store.key': expect.stringContaining(task.id),
    });
    if (!redis.missing) {
      const decision = spans.find(({ name }) => name === 'EVALSHA gcra');
      expect(wayOf(spans, decision)[1]).toBe('wordcloud-bff POST /api/wordclouds');
    }
  });

  it('its making – a trace of its own, linked to the upload, down to seg, the store and the database', () => {
    const request = upload();
    const { traceId, links, attributes } = making()!;
    expect(traceId).not.toBe(request!.traceId);
    expect(links).toMatchObject([{ traceId: request!.traceId, spanId: request!.spanId }]);
    expect(attributes).toMatchObject({ 'task.id': task.id, 'task.attempt': 1 });

    const spans = inTrace(traceId);
    const ways = spans.map((span) => wayOf(spans, span).join(' < '));
    const make = 'wordcloud-maker POST /make < wordcloud-bff wordcloud-maker/make < wordcloud-bff make task';
    for (const way of [
      `wordcloud-maker get object < wordcloud-maker read < ${make}`,
      `wordcloud-seg thread segment-worker < wordcloud-seg POST /segment < wordcloud-maker wordcloud-seg/segment < wordcloud-maker segment < ${make}`,
      `wordcloud-maker thread picture-worker < wordcloud-maker paint < ${make}`,
      `wordcloud-maker layout < wordcloud-maker paint < ${make}`,
      `wordcloud-maker draw < wordcloud-maker paint < ${make}`,
      `wordcloud-maker put object < wordcloud-maker store < ${make}`,
      `wordcloud-task POST /tasks/:taskId/attempts/:attempt/progress < wordcloud-maker wordcloud-task/reportProgress < ${make}`,
      'wordcloud-task UPDATE task < wordcloud-task POST /tasks/:taskId/attempts/:attempt/success < wordcloud-bff wordcloud-task/completeTask < wordcloud-bff make task',
    ]) {
      expect(ways).toContain(way);
    }
    expect(ways.filter((way) => way.startsWith('wordcloud-maker put object'))).toHaveLength(4);
  });

  it('made once more – linked to the request that asked for that', async () => {
    expect((await user.post(`/api/wordclouds/${task.id}/retry`)).status).toBe(202);
    await user.finished(task.id);
    const again = () => all().find(({ attributes }) => attributes['task.attempt'] === 2);
    await expect.poll(() => again()?.name, PATIENCE).toBe('make task');
    const asked = () => all().find(({ spanId }) => spanId === again()!.links![0]!.spanId)?.name;
    await expect.poll(asked, PATIENCE).toBe('POST /api/wordclouds/:id/retry');
  });

  it('every parent – is there', () => {
    for (const { traceId } of [upload()!, making()!]) expect(orphans(inTrace(traceId))).toEqual([]);
  });

  it('each part – lies within the time of the one around it', () => {
    for (const spans of [inTrace(upload()!.traceId), inTrace(making()!.traceId)]) {
      for (const { parentSpanId, name, startTimeUnixNano: start } of spans) {
        const parent = spans.find(({ spanId }) => spanId === parentSpanId);
        // Each process looks at the clock of the machine for itself.
        if (parent)
          expect([name, BigInt(start) + 3_000_000n >= BigInt(parent.startTimeUnixNano)]).toEqual([name, true]);
      }
    }
  });

  it('the log – tells of the trace that a line belongs to', () => {
    const has = (...parts: string[]) => system.lines.some((line) => parts.every((part) => line.includes(part)));
    const [uploaded, made] = [upload()!.traceId, making()!.traceId];
    expect(has('wordcloud-task', 'task accepted', task.id, `"traceId":"${uploaded}"`)).toBe(true);
    expect(has('wordcloud-bff', '"answered"', '/api/wordclouds', `"traceId":"${uploaded}"`)).toBe(true);
    expect(has('wordcloud-maker', '"made"', task.id, `"traceId":"${made}"`, '"spanId"')).toBe(true);
    expect(has('wordcloud-seg', '"answered"', `"traceId":"${made}"`)).toBe(true);
  });

  it('an error answer – names its trace, which holds the same status', async () => {
    const answer = await user.get('/api/wordclouds/0198f0a0-0000-7000-8000-000000000000');
    const { traceId, code } = (await answer.json()) as Problem;
    expect([answer.status, code]).toEqual([404, 'NOT_FOUND']);
    const statuses = () =>
      inTrace(traceId!).map((span) => [span.service, span.attributes['http.response.status_code']]);
    await expect.poll(statuses, PATIENCE).toContainEqual(['wordcloud-bff', 404]);
  });

  it('what services do on their own account, and what strangers ask for – not recorded', async () => {
    const stranger = await signUp(system.api, 'stranger');
    const headers = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };
    expect((await stranger.get('/api/wordclouds', headers)).status).toBe(200);
    const known = new Set(
      all()
        .filter(({ parentSpanId }) => parentSpanId === undefined)
        .map(({ name }) => name),
    );
    expect(known).toEqual(new Set(['POST /api/*', 'GET /api/*', 'make task']));
    expect(inTrace('0af7651916cd43dd8448eb211c80319c')).toEqual([]);
  });
});
