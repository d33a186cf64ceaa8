/** The use case of the maker: one attempt of one task, from the stored text to the stored picture. */
import { type CloudOptions, type MakeReply, objectKeys, ProblemError, type WordRow } from '@wordcloud/contracts';
import { inSpan } from '@wordcloud/telemetry';
import { followProgress } from './follow-progress.ts';
import type { Counted, Drawing, MakeContext, Objects, Painter, ProgressReporter, WordCounter } from './ports.ts';

export interface MakeJob {
  taskId: string;
  attempt: number;
  sourceKey: string;
  maskKey: string | null;
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
      return await make(deps, job, run, progress.set);
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
  setProgress: ReturnType<typeof followProgress>['set'],
): Promise<MakeReply> {
  const { objects, counter, painter, clock } = deps;
  const { signal } = context;
  const started = clock();

  setProgress({ stage: 'reading', percent: 5 });
  const { text, mask } = await part('read', () => read(deps, job, signal));

  setProgress({ stage: 'segmenting', percent: 10 });
  const counted = await part('segment', (_note, trace) =>
    counter.count(text, job.options, trace ? { ...context, trace } : context),
  );
  if (counted.words.length === 0) {
    throw new ProblemError('EMPTY_TEXT', 'The text holds no word to count with these options.');
  }
  const segmented = clock();

  const chosen = counted.words.slice(0, job.options.top).map(({ word, count }) => ({ word, weight: count }));
  // Layout takes most of the time: it fills 40 to 80 of the bar.
  const onStage = (stage: 'layout' | 'drawing', percent: number) =>
    setProgress({ stage, percent: Math.round(stage === 'layout' ? 40 + percent * 0.4 : 80 + percent * 0.1) });
  const drawing = await part('paint', () => painter.paint(chosen, job.options, mask, onStage, signal));

  setProgress({ stage: 'storing', percent: 95 });
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

/** A part of the making, as its trace shows it. */
const part = <T>(name: string, work: Parameters<typeof inSpan<T>>[1]): Promise<T> => inSpan(() => ({ name }), work);

async function read({ objects, maxTextBytes, maxMaskBytes }: MakeDependencies, job: MakeJob, signal: AbortSignal) {
  const text = await objects.read(job.sourceKey, maxTextBytes, signal);
  const mask = job.maskKey === null ? undefined : await objects.read(job.maskKey, maxMaskBytes, signal);
  return { text, mask };
}

async function store(objects: Objects, job: MakeJob, counted: Counted, drawing: Drawing, signal: AbortSignal) {
  const { taskId, attempt, options } = job;
  const keys = {
    png: objectKeys.png(taskId, attempt),
    svg: objectKeys.svg(taskId, attempt),
    words: objectKeys.words(taskId, attempt),
  };
  const words = Buffer.from(JSON.stringify(wordRows(counted, drawing)));
  await Promise.all([
    objects.write(keys.png, drawing.png, 'image/png', signal),
    objects.write(keys.svg, drawing.svg, 'image/svg+xml', signal),
    objects.write(keys.words, words, 'application/json', signal),
  ]);
  return { ...keys, width: options.width, height: options.height };
}

/** Every counted word, drawn or not, in the order of seg. */
function wordRows(counted: Counted, drawing: Drawing): WordRow[] {
  const placed = new Set(drawing.placed);
  const most = counted.words[0]?.count ?? 1;
  return counted.words.map(({ word, count, pos }) => ({
    word,
    count,
    pos,
    weight: Math.round((count / most) * 1e6) / 1e6,
    placed: placed.has(word),
  }));
}
