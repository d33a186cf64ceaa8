import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as engine from '@wordcloud/cloud';
import {
  type CloudOptions,
  DEFAULT_OPTIONS,
  FONTS,
  LIMITS,
  makerContract,
  objectKeys,
  PALETTES,
  ProblemError,
  type Progress,
  ROTATIONS,
  SCALINGS,
  SHAPES,
  type segContract,
  type taskContract,
} from '@wordcloud/contracts';
import { type Client, createClient, createFixedChannel } from '@wordcloud/rpc';
import { type ObjectStore, openObjectStore } from '@wordcloud/storage';
import { createLogger, createMetrics } from '@wordcloud/telemetry';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildApp } from '../src/app.ts';
import { createSegCounter } from '../src/infra/seg-counter.ts';
import { createObjects } from '../src/infra/stored-objects.ts';
import { createTaskReporter } from '../src/infra/task-reporter.ts';
import { createWorkerPainter } from '../src/infra/worker-painter.ts';

const TOKEN = 'a token for the tests';
const MAX_TEXT_BYTES = 10_000;
const WORDS = 'whale ship sea captain harpoon ocean sailor boat water wind 鲸鱼 Ω'.split(' ');

const segment = vi.fn();
const reportProgress = vi.fn();
let store: ObjectStore;
let origin: string;
let maker: Client<typeof makerContract>;
let stop: () => Promise<void>;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wordcloud-maker-'));
  store = await openObjectStore({ kind: 'folder', folder });
  const metrics = createMetrics('test', { processMetrics: false });
  const painter = createWorkerPainter(1, metrics);
  const { server } = await buildApp({
    logger: createLogger({ service: 'test', level: 'silent' }),
    metrics,
    serviceToken: TOKEN,
    checks: { objects: () => store.check() },
    making: {
      objects: createObjects(store),
      counter: createSegCounter({ segment } as unknown as Client<typeof segContract>),
      painter,
      reporter: createTaskReporter({ reportProgress } as unknown as Client<typeof taskContract>),
      maxTextBytes: MAX_TEXT_BYTES,
      maxMaskBytes: LIMITS.maskBytes,
      clock: () => performance.now(),
    },
  });
  origin = await server.listen({ host: '127.0.0.1', port: 0 });
  maker = createClient(makerContract, createFixedChannel('wordcloud-maker', { origin }), { serviceToken: TOKEN });
  stop = async () => {
    await maker.close();
    await server.close();
    await painter.close();
    await store.close();
    await rm(folder, { recursive: true });
  };
});
afterAll(() => stop?.());
beforeEach(() => {
  const words = WORDS.map((word, i) => ({ word, count: WORDS.length - i, pos: null }));
  segment.mockReset().mockResolvedValue({ lang: 'en', encoding: 'utf-8', tokens: 99, words });
  reportProgress.mockReset().mockResolvedValue(undefined);
});

interface Job {
  options?: Partial<CloudOptions>;
  text?: string;
  mask?: Uint8Array;
  signal?: AbortSignal;
}

async function make({ options = {}, text = 'a text', mask, signal }: Job = {}) {
  const taskId = uuidv7();
  await store.put(objectKeys.source(taskId), Buffer.from(text), { contentType: 'text/plain' });
  const maskKey = mask ? objectKeys.mask(taskId) : null;
  if (mask) await store.put(objectKeys.mask(taskId), mask, { contentType: 'image/png' });
  const body = {
    taskId,
    attempt: 1,
    sourceKey: objectKeys.source(taskId),
    maskKey,
    options: { ...DEFAULT_OPTIONS, width: 320, height: 200, ...options },
  };
  const outcome = await maker.make({ body }, signal ? { signal } : {}).then(
    (reply) => ({ reply }),
    (error: unknown) => ({ error }),
  );
  return { taskId, ...outcome } as { taskId: string; reply: Awaited<ReturnType<typeof maker.make>>; error: unknown };
}
const fileOf = async (key: string) => Buffer.from(await store.getBytes(key));
const isGone = (taskId: string) =>
  expect(store.getBytes(objectKeys.png(taskId, 1))).rejects.toThrow('There is no object');

describe('make', () => {
  it('a text – PNG, SVG and words are stored, and told with their numbers', async () => {
    const { reply } = await make();
    expect(reply).toMatchObject({
      lang: 'en',
      encoding: 'utf-8',
      result: { width: 320, height: 200 },
      stats: { tokens: 99, distinct: WORDS.length },
    });
    expect(reply.stats.placed).toBeGreaterThan(5);
    expect(reply.stats.fill).toBeGreaterThan(0);
    const png = await fileOf(reply.result.png);
    expect(png.subarray(0, 8)).toEqual(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([320, 200]);
    const svg = (await fileOf(reply.result.svg)).toString();
    expect(svg).toMatch(/^<svg[^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    const rows = JSON.parse((await fileOf(reply.result.words)).toString());
    expect(rows[0]).toEqual({ word: 'whale', count: 12, pos: null, weight: 1, placed: true });
    expect(rows).toHaveLength(WORDS.length);
  });

  it('the same again – the same bytes; another seed – others', async () => {
    const [first, second, other] = [await make(), await make(), await make({ options: { seed: 2 } })];
    for (const file of ['png', 'svg', 'words'] as const) {
      const bytes = await fileOf(first.reply.result[file]);
      expect(bytes.equals(await fileOf(second.reply.result[file])), file).toBe(true);
      if (file !== 'words') expect(bytes.equals(await fileOf(other.reply.result[file])), file).toBe(false);
    }
  });

  it('progress – the stages of the work reach the task service', async () => {
    const { taskId } = await make();
    const stages = reportProgress.mock.calls.map(([{ params, body }]) => {
      expect(params).toEqual({ taskId, attempt: 1 });
      return (body as { progress: Progress }).progress.stage;
    });
    expect(stages[0]).toBe('reading');
    expect(stages).toContain('layout');
  });

  it('seg is asked – with the text and the options that concern it', async () => {
    await make({ text: 'über', options: { lang: 'de', words: 'all', minLength: 3, stopwords: ['und'] } });
    const [{ body }] = segment.mock.calls[0]!;
    const content = Buffer.from('über').toString('base64');
    expect(body).toEqual({ content, lang: 'de', words: 'all', minLength: 3, stopwords: ['und'] });
  });

  it('a mask that is no image or leaves no room – BAD_MASK, nothing is left', async () => {
    const transparent = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=';
    for (const mask of [Buffer.from('\x89PNG\r\n\x1a\nnonsense', 'latin1'), Buffer.from(transparent, 'base64')]) {
      const { taskId, error } = await make({ mask });
      expect(error).toMatchObject({ code: 'BAD_MASK', status: 422 });
      await isGone(taskId);
    }
  });

  it.each([
    ['no word', { words: [] }, 'EMPTY_TEXT'],
    ['words without a glyph', { words: [{ word: '\u{10FFFE}', count: 1, pos: null }] }, 'NO_DRAWABLE_WORDS'],
  ])('%s – %s %s', async (_name, counted, code) => {
    segment.mockResolvedValue({ lang: 'en', encoding: 'utf-8', tokens: 0, ...counted });
    expect((await make()).error).toMatchObject({ code, status: 422 });
  });

  it('a text larger than allowed – TOO_LARGE, which no repetition heals', async () => {
    const { error } = await make({ text: 'a'.repeat(MAX_TEXT_BYTES + 1) });
    expect(error).toMatchObject({ code: 'TOO_LARGE', status: 413 });
  });

  it.each([
    ['never reached', new ProblemError('UNAVAILABLE', 'no', { sent: false }), 'NO_INSTANCE'],
    ['lost on the way', new ProblemError('UNAVAILABLE', 'no'), 'UNAVAILABLE'],
    ['overloaded', new ProblemError('OVERLOADED', 'no'), 'OVERLOADED'],
    ['says it is no text', new ProblemError('NOT_TEXT', 'no'), 'NOT_TEXT'],
  ])('seg %s – %s %s', async (_name, error, code) => {
    segment.mockRejectedValue(error);
    expect((await make()).error).toMatchObject({ code });
  });

  it('the task service says that the attempt is stale – it ends with that, nothing is left', async () => {
    reportProgress.mockRejectedValue(new ProblemError('STALE_ATTEMPT', 'another has it'));
    const { taskId, error } = await make({ options: { width: 2000, height: 2000 } });
    expect(error).toMatchObject({ code: 'STALE_ATTEMPT', status: 409 });
    await isGone(taskId);
  });

  it('the caller leaves while it is painted – the only worker is free for the next', async () => {
    const leaving = new AbortController();
    reportProgress.mockImplementation(async ({ body }: { body: { progress: Progress } }) => {
      if (body.progress.stage === 'layout') leaving.abort(new Error('gone'));
    });
    const { error } = await make({ options: { width: 4096, height: 4096 }, signal: leaving.signal });
    expect(error).toMatchObject({ message: 'gone' });
    expect((await make()).reply.stats.placed).toBeGreaterThan(5);
  });

  it('without the service token – 401', async () => {
    const answer = await fetch(`${origin}/make`, { method: 'POST' });
    expect([answer.status, await answer.json()]).toMatchObject([401, { code: 'UNAUTHENTICATED' }]);
  });
});

it.each([
  ['shapes', SHAPES, engine.SHAPES],
  ['palettes', PALETTES, engine.PALETTES],
  ['fonts', FONTS, engine.FONTS],
  ['rotations', ROTATIONS, engine.ROTATIONS],
  ['scalings', SCALINGS, engine.SCALINGS],
])('the %s of the contract are those of the engine', (_name, contract, ours) => {
  const names = Array.isArray(ours) ? ours : Object.keys(ours);
  expect([...contract].sort()).toEqual([...names].sort());
});
