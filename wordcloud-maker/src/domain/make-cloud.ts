/** The use case of the maker: one attempt of one task, from the stored text to the stored picture. */
import { type CloudOptions, type MakeReply, objectKeys, type WordRow } from '@wordcloud/contracts';
import { inSpan } from '@wordcloud/telemetry';
import { type CloudWords, countTexts } from './count-texts.ts';
import { type FollowedProgress, followProgress } from './follow-progress.ts';
import type { Drawing, MakeContext, Objects, PaintEvents, Painter, ProgressReporter, WordCounter } from './ports.ts';

export interface MakeJob {
  taskId: string;
  attempt: number;
  sourceKey: string;
  maskKey: string | null;
  /** Of a second text that the first is compared with. */
  compareKey?: string;
  options: CloudOptions;
}

export interface MakeDependencies {
  objects: Objects;
  counter: WordCounter;
  painter: Painter;
  reporter: (job: MakeJob, context: MakeContext) => ProgressReporter;
  maxTextBytes: number;
  maxMaskBytes: number;
  /** Milliseconds, from any origin. */
  clock: () => number;
}

export type MakeCloud = (job: MakeJob, context: MakeContext) => Promise<MakeReply>;

export function createMakeCloud(deps: MakeDependencies): MakeCloud {
  return async (job, context) => {
    const progress = followProgress(deps.reporter(job, context), context.signal);
    const run = { ...context, signal: progress.signal };
    try {
      return await make(deps, job, run, progress);
    } catch (error) {
      // What a given-up attempt has stored would never be found again.
      await deps.objects.removeAll(objectKeys.attempt(job.taskId, job.attempt)).catch(() => {});
      throw progress.signal.aborted ? progress.signal.reason : error;
    } finally {
      progress.stop();
    }
  };
}

async function make(
  deps: MakeDependencies,
  job: MakeJob,
  context: MakeContext,
  progress: FollowedProgress,
): Promise<MakeReply> {
  const { objects, counter, painter, clock } = deps;
  const { signal } = context;
  const started = clock();

  progress.set({ stage: 'reading', percent: 5 });
  const { texts, mask } = await part('read', () => read(deps, job, signal));

  progress.set({ stage: 'segmenting', percent: 10 });
  const counted = await part('segment', (_note, trace) =>
    countTexts(counter, texts, job.options, trace ? { ...context, trace } : context),
  );
  const segmented = clock();

  const chosen = counted.words.slice(0, job.options.top).map(({ word, weight, pos, comparison }) => ({
    word,
    weight,
    pos,
    ...(comparison && { color: comparison.color }),
  }));
  // Layout takes most of the time: it fills 40 to 80 of the bar.
  const onStage: PaintEvents['onStage'] = (stage, percent) =>
    progress.set({ stage, percent: Math.round(stage === 'layout' ? 40 + percent * 0.4 : 80 + percent * 0.1) });
  const preview = previewKeeper(objects, job, signal, progress);
  const events = { onStage, onPreview: preview.keep };
  const drawing = await part('paint', () => painter.paint(chosen, job.options, mask, events, signal)).finally(
    // Or it could be stored after what a failed attempt leaves has been removed.
    preview.isKept,
  );

  progress.set({ stage: 'storing', percent: 95 });
  const result = await part('store', () => store(objects, job, counted, drawing, signal));
  const ms = { segment: segmented - started, ...drawing.ms, total: clock() - started };
  return {
    lang: counted.lang,
    encoding: counted.encoding,
    result,
    stats: {
      tokens: counted.tokens,
      distinct: counted.words.length,
      placed: drawing.placed.length,
      fill: Math.round(drawing.fill * 10_000) / 10_000,
      ms: { segment: round(ms.segment), layout: round(ms.layout), draw: round(ms.draw), total: round(ms.total) },
    },
  };
}

const round = (ms: number) => Math.round(ms * 10) / 10;

/** Stores a preview and tells of it. Without one the picture is none the worse, so that it never fails. */
function previewKeeper(
  objects: Objects,
  { taskId, attempt }: MakeJob,
  signal: AbortSignal,
  progress: FollowedProgress,
) {
  const key = objectKeys.preview(taskId, attempt);
  let kept: Promise<void> | undefined;
  const store = async (png: Uint8Array) => {
    await objects.write(key, png, 'image/png', signal);
    progress.setPreview(key);
  };
  return {
    keep(png: Uint8Array) {
      kept = store(png).catch(() => {});
    },
    isKept: async () => kept,
  };
}

/** A part of the making, as its trace shows it. */
const part = <T>(name: string, work: Parameters<typeof inSpan<T>>[1]): Promise<T> => inSpan(() => ({ name }), work);

async function read({ objects, maxTextBytes, maxMaskBytes }: MakeDependencies, job: MakeJob, signal: AbortSignal) {
  const texts = [await objects.read(job.sourceKey, maxTextBytes, signal)];
  if (job.compareKey !== undefined) texts.push(await objects.read(job.compareKey, maxTextBytes, signal));
  const mask = job.maskKey === null ? undefined : await objects.read(job.maskKey, maxMaskBytes, signal);
  return { texts, mask };
}

async function store(objects: Objects, job: MakeJob, counted: CloudWords, drawing: Drawing, signal: AbortSignal) {
  const { taskId, attempt, options } = job;
  const keys = {
    png: objectKeys.png(taskId, attempt),
    svg: objectKeys.svg(taskId, attempt),
    layout: objectKeys.layout(taskId, attempt),
    words: objectKeys.words(taskId, attempt),
  };
  const words = Buffer.from(JSON.stringify(wordRows(counted, drawing)));
  await Promise.all([
    objects.write(keys.png, drawing.png, 'image/png', signal),
    objects.write(keys.svg, drawing.svg, 'image/svg+xml', signal),
    objects.write(keys.layout, drawing.layout, 'application/json', signal),
    objects.write(keys.words, words, 'application/json', signal),
  ]);
  return { ...keys, width: options.width * options.scale, height: options.height * options.scale };
}

/** Every counted word, drawn or not, in the order of their weights. */
function wordRows({ words }: CloudWords, drawing: Drawing): WordRow[] {
  const placed = new Set(drawing.placed);
  const most = words[0]?.weight ?? 1;
  return words.map(({ word, count, pos, weight, comparison }) => ({
    word,
    count,
    pos,
    weight: Math.round((weight / most) * 1e6) / 1e6,
    placed: placed.has(word),
    ...(comparison && { other: comparison.other, logRatio: comparison.logRatio }),
  }));
}
