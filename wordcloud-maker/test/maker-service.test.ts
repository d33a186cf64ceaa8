import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as engine from '@wordcloud/cloud';
import {
  type CloudOptions,
  COLORINGS,
  DEFAULT_OPTIONS,
  type EncodedFormat,
  FONTS,
  LIMITS,
  MASK_FITS,
  MASK_SOURCES,
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
import { engineOptions } from '../src/infra/engine-options.ts';
import { createPictureWorkers } from '../src/infra/picture-workers.ts';
import { createSegCounter } from '../src/infra/seg-counter.ts';
import { createObjects } from '../src/infra/stored-objects.ts';
import { createTaskLookup } from '../src/infra/task-lookup.ts';
import { createTaskReporter } from '../src/infra/task-reporter.ts';

const TOKEN = 'a token for the tests';
const MAX_TEXT_BYTES = 10_000;
const WORDS = 'whale ship sea captain harpoon ocean sailor boat water wind 鲸鱼 Ω'.split(' ');

const segment = vi.fn();
const reportProgress = vi.fn();
const getTask = vi.fn();
let store: ObjectStore;
let origin: string;
let maker: Client<typeof makerContract>;
let stop: () => Promise<void>;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wordcloud-maker-'));
  store = await openObjectStore({ kind: 'folder', folder });
  const metrics = createMetrics('test', { processMetrics: false });
  const workers = createPictureWorkers(1, metrics);
  const objects = createObjects(store);
  const tasks = { reportProgress, getTask } as unknown as Client<typeof taskContract>;
  const { server } = await buildApp({
    logger: createLogger({ service: 'test', level: 'silent' }),
    metrics,
    serviceToken: TOKEN,
    checks: { objects: () => store.check() },
    making: {
      objects,
      counter: createSegCounter({ segment } as unknown as Client<typeof segContract>),
      painter: workers,
      reporter: createTaskReporter(tasks),
      maxTextBytes: MAX_TEXT_BYTES,
      maxMaskBytes: LIMITS.maskBytes,
      clock: () => performance.now(),
    },
    encoding: { objects, encoder: workers, taskExists: createTaskLookup(tasks) },
  });
  origin = await server.listen({ host: '127.0.0.1', port: 0 });
  maker = createClient(makerContract, createFixedChannel('wordcloud-maker', { origin }), { serviceToken: TOKEN });
  stop = async () => {
    await maker.close();
    await server.close();
    await workers.close();
    await store.close();
    await rm(folder, { recursive: true });
  };
});
afterAll(() => stop?.());
beforeEach(() => {
  const words = WORDS.map((word, i) => ({ word, count: WORDS.length - i, pos: null }));
  segment.mockReset().mockResolvedValue({ lang: 'en', encoding: 'utf-8', tokens: 99, words });
  reportProgress.mockReset().mockResolvedValue(undefined);
  getTask.mockReset().mockResolvedValue({ task: {} });
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

  it('a large picture – a small one of the same shape comes first; not of a usual one', async () => {
    const { taskId } = await make({ options: { width: 4000, height: 2000 } });
    const key = objectKeys.preview(taskId, 1);
    const reports = reportProgress.mock.calls.map(([{ body }]) => body as { progress: Progress; previewKey?: string });
    const told = reports.findIndex(({ previewKey }) => previewKey === key);
    expect(told).toBeGreaterThan(0);
    expect(reports[told]!.progress.stage).not.toBe('storing');
    const preview = await fileOf(key);
    expect([preview.readUInt32BE(16), preview.readUInt32BE(20)]).toEqual([480, 240]);
    const usual = await make();
    await expect(fileOf(objectKeys.preview(usual.taskId, 1))).rejects.toThrow('There is no object');
  });

  it('seg is asked – with the text and the options that concern it', async () => {
    const options: Partial<CloudOptions> = {
      ...({ lang: 'de', words: 'all', minLength: 3 } as const),
      stopwords: ['und'],
      ...{ dictionary: ['Mond'], phrases: true, mergePlurals: false, numbers: true },
    };
    await make({ text: 'über', options });
    const [{ body }] = segment.mock.calls[0]!;
    const content = Buffer.from('über').toString('base64');
    expect(body).toEqual({ content, ...options });
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

  it('options of the engine – reach it: larger, with a line around it, sizes in proportion', async () => {
    const { reply } = await make({
      options: { scale: 2, contour: 3, contourColor: '#123456', strict: true, scaling: 'linear' },
    });
    expect(reply.result).toMatchObject({ width: 640, height: 400 });
    const png = await fileOf(reply.result.png);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([640, 400]);
    expect((await fileOf(reply.result.svg)).toString()).toContain('stroke="#123456" stroke-width="6"');
  });

  it('a shape of letters that no font has – INVALID_INPUT says so, which no repetition heals', async () => {
    const { taskId, error } = await make({ options: { shapeText: '\u{10FFFE}' } });
    expect(error).toMatchObject({ code: 'INVALID_INPUT', status: 400, message: expect.stringContaining('shapeText') });
    await isGone(taskId);
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

describe('encode', () => {
  const OWNER = 'ada';
  async function encode(format: EncodedFormat, change: { key?: string; lang?: string | null; title?: string } = {}) {
    const { taskId, reply } = await make();
    const key = format === 'webp' ? reply.result.png : reply.result.layout!;
    const body = { taskId, ownerId: OWNER, key, format, title: 'Moby Dick', lang: 'en', ...change };
    const work = () => maker.encode({ body });
    return { taskId, work, stored: () => fileOf(objectKeys.encoded(key, format)) };
  }

  it.each<[EncodedFormat, RegExp]>([
    ['pdf', /^%PDF-1\.\d.*MediaBox\[0 0 240 150\]/s],
    ['webp', /^RIFF....WEBPVP8/s],
    ['html', /^<!DOCTYPE html>\n<html lang="en">.*<h1>Moby Dick<\/h1>.*data-word="whale"/s],
    ['text.svg', /^<svg .*@font-face.*>whale<\/text>/s],
  ])('%s – of the stored picture, beside it, the same bytes each time', async (format, content) => {
    const { taskId, work, stored } = await encode(format);
    expect(await work()).toBeUndefined();
    const first = await stored();
    expect(first.toString('latin1')).toMatch(content);
    await work();
    expect((await stored()).equals(first)).toBe(true);
    expect(getTask).toHaveBeenCalledWith({ params: { taskId }, query: { ownerId: OWNER } }, expect.anything());
  });

  it('a page of a Chinese text – its labels are Chinese', async () => {
    const { work, stored } = await encode('html', { lang: 'zh', title: '<b>鲸' });
    await work();
    const page = (await stored()).toString();
    expect(page).toContain('<html lang="zh">');
    expect(page).toMatch(/<h1>[^<]*鲸<\/h1>/);
  });

  it('the task is deleted while it is made – 404, nothing is left', async () => {
    const { taskId, work, stored } = await encode('pdf');
    getTask.mockRejectedValue(new ProblemError('NOT_FOUND', 'no such task'));
    await expect(work()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(stored()).rejects.toThrow('There is no object');
    await expect(store.getBytes(objectKeys.source(taskId))).rejects.toThrow('There is no object');
  });

  it('the files are gone – 404; a layout that cannot be drawn – 409', async () => {
    const gone = await encode('pdf', { key: 'tasks/gone/1/layout.json' });
    await expect(gone.work()).rejects.toMatchObject({ code: 'NOT_FOUND', status: 404 });
    const { taskId, work } = await encode('pdf');
    await store.put(objectKeys.layout(taskId, 1), Buffer.from('{}'));
    await expect(work()).rejects.toMatchObject({ code: 'NO_LAYOUT', status: 409 });
  });
});

it.each([
  ['shapes', SHAPES, engine.SHAPES],
  ['palettes', PALETTES, engine.PALETTES],
  ['fonts', FONTS, engine.FONTS],
  ['rotations', ROTATIONS, engine.ROTATIONS],
  ['scalings', SCALINGS, engine.SCALINGS],
  ['colorings', COLORINGS, engine.COLORINGS],
  ['sources of masks', MASK_SOURCES, engine.MASK_SOURCES],
  ['fits of masks', MASK_FITS, engine.MASK_FITS],
])('the %s of the contract are those of the engine', (_name, contract, ours) => {
  const names = Array.isArray(ours) ? ours : Object.keys(ours);
  expect([...contract].sort()).toEqual([...names].sort());
});

it.each<[keyof CloudOptions & keyof engine.CloudOptions, readonly unknown[]]>([
  ['width', Object.values(LIMITS.side)],
  ['height', Object.values(LIMITS.side)],
  ['margin', Object.values(LIMITS.margin)],
  ['minFontSize', Object.values(LIMITS.minFontSize)],
  ['contour', Object.values(LIMITS.contour)],
  ['seed', Object.values(LIMITS.seed)],
  ['angles', [[LIMITS.angles.minimum], [LIMITS.angles.maximum]]],
  ['shapeText', ['é'.normalize('NFD').repeat(LIMITS.shapeText / 2), '🐳'.repeat(LIMITS.shapeText)]],
])('the least and the most of %s – allowed by the engine too', (name, values) => {
  for (const value of values) {
    const options = engineOptions({ ...DEFAULT_OPTIONS, [name]: value });
    expect(engine.resolveOptions(options)).toMatchObject({ [name]: value });
  }
});

it('the defaults of the contract – are those of the engine, and each of its options can be chosen', () => {
  expect(engine.resolveOptions(engineOptions(DEFAULT_OPTIONS))).toEqual(engine.resolveOptions({}));
  expect(Object.keys(DEFAULT_OPTIONS)).toEqual(expect.arrayContaining(Object.keys(engine.resolveOptions({}))));
});
