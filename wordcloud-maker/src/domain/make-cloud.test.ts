import { DEFAULT_OPTIONS, ProblemError, type Progress } from '@wordcloud/contracts';
import { describe, expect, it, vi } from 'vitest';
import { createMakeCloud, type MakeDependencies, type MakeJob } from './make-cloud.ts';

const JOB: MakeJob = {
  taskId: 't',
  attempt: 2,
  sourceKey: 'tasks/t/source',
  maskKey: null,
  options: { ...DEFAULT_OPTIONS, top: 2 },
};
const bytes = (text: string) => new TextEncoder().encode(text);
const word = (text: string, count: number) => ({ word: text, count, pos: null });

/** Everything works and says what it does; a test changes what it is about. */
function setUp(changes: Partial<Pick<MakeDependencies, 'counter' | 'painter' | 'reporter'>> = {}) {
  const stored = new Map<string, Uint8Array>([['tasks/t/source', bytes('text')]]);
  const reported: Progress[] = [];
  const objects = {
    read: vi.fn(async (key: string, _maxBytes: number) => {
      const found = stored.get(key);
      if (!found) throw new Error(`no ${key}`);
      return found;
    }),
    write: vi.fn(async (key: string, content: Uint8Array) => void stored.set(key, content)),
    removeAll: vi.fn(async (prefix: string) => {
      for (const key of stored.keys()) if (key.startsWith(prefix)) stored.delete(key);
    }),
  };
  const paint = vi.fn<MakeDependencies['painter']['paint']>(async (words, _options, _mask, onStage) => {
    for (const percent of [0, 50, 100]) onStage('layout', percent);
    onStage('drawing', 100);
    const placed = words.map((one: { word: string }) => one.word);
    return { png: bytes('png'), svg: bytes('svg'), placed, fill: 0.123456, ms: { layout: 1.23456, draw: 2 } };
  });
  const deps: MakeDependencies = {
    objects,
    counter: {
      count: vi.fn(async () => ({
        ...{ lang: 'en', encoding: 'utf-8', tokens: 20 },
        words: [word('whale', 4), word('ship', 3), word('sea', 1)],
      })),
    },
    painter: { paint },
    reporter: () => ({ report: async (progress: Progress) => void reported.push(progress) }),
    maxTextBytes: 1_000,
    maxMaskBytes: 2_000,
    clock: () => 5,
    ...changes,
  };
  const caller = new AbortController();
  const make = (job = JOB) => createMakeCloud(deps)(job, { signal: caller.signal, requestId: 'r' });
  return { objects, paint, stored, reported, caller, make };
}

describe('make', () => {
  it('all well – words, picture and numbers are stored and told', async () => {
    const { paint, stored, make } = setUp();
    expect(await make()).toEqual({
      lang: 'en',
      encoding: 'utf-8',
      result: {
        png: 'tasks/t/2/image.png',
        svg: 'tasks/t/2/image.svg',
        words: 'tasks/t/2/words.json',
        width: 1200,
        height: 800,
      },
      stats: { tokens: 20, distinct: 3, placed: 2, fill: 0.1235, ms: { segment: 0, layout: 1.2, draw: 2, total: 0 } },
    });
    const chosen = [
      { word: 'whale', weight: 4 },
      { word: 'ship', weight: 3 },
    ];
    expect(paint.mock.calls[0]![0]).toEqual(chosen);
    expect(JSON.parse(new TextDecoder().decode(stored.get('tasks/t/2/words.json')))).toEqual([
      { ...word('whale', 4), weight: 1, placed: true },
      { ...word('ship', 3), weight: 0.75, placed: true },
      { ...word('sea', 1), weight: 0.25, placed: false },
    ]);
  });

  it('progress – stages in order, percent never falls', async () => {
    const { reported, make } = setUp();
    await make();
    const order = ['reading', 'segmenting', 'layout', 'drawing', 'storing'];
    const stages = reported.map(({ stage }) => order.indexOf(stage));
    expect(stages).toEqual([...stages].sort());
    const percents = reported.map(({ percent }) => percent);
    expect(percents).toEqual([...percents].sort((a, b) => a - b));
    expect(reported[0]).toEqual({ stage: 'reading', percent: 5 });
  });

  it('a mask – is read within its own limit and handed on', async () => {
    const { objects, paint, stored, make } = setUp();
    stored.set('tasks/t/mask', bytes('mask'));
    await make({ ...JOB, maskKey: 'tasks/t/mask' });
    expect(objects.read.mock.calls.map(([key, limit]) => [key, limit])).toEqual([
      ['tasks/t/source', 1_000],
      ['tasks/t/mask', 2_000],
    ]);
    expect(paint.mock.calls[0]![2]).toEqual(bytes('mask'));
  });

  it('no word – EMPTY_TEXT, nothing drawn, nothing left', async () => {
    const count = async () => ({ lang: 'en', encoding: 'utf-8', tokens: 0, words: [] });
    const { paint, stored, make } = setUp({ counter: { count } });
    await expect(make()).rejects.toMatchObject({ code: 'EMPTY_TEXT', status: 422 });
    expect(paint).not.toHaveBeenCalled();
    expect([...stored.keys()]).toEqual(['tasks/t/source']);
  });

  it('storing fails half way – what was stored goes, the source and other attempts stay', async () => {
    const { objects, stored, make } = setUp();
    stored.set('tasks/t/1/image.png', bytes('of before'));
    const write = objects.write.getMockImplementation()!;
    objects.write.mockImplementation(async (key: string, content: Uint8Array) => {
      if (key.endsWith('svg')) throw new Error('disk full');
      await write(key, content);
    });
    await expect(make()).rejects.toThrow('disk full');
    expect([...stored.keys()]).toEqual(['tasks/t/source', 'tasks/t/1/image.png']);
  });

  it('the attempt is given up by the task service – ends with STALE_ATTEMPT, nothing is left', async () => {
    const stale = new ProblemError('STALE_ATTEMPT', 'another has it');
    const paint = (...[, , , , signal]: Parameters<MakeDependencies['painter']['paint']>) =>
      new Promise<never>((_, reject) => {
        const cancel = () => reject(new Error('cancelled'));
        if (signal.aborted) cancel();
        else signal.addEventListener('abort', cancel);
      });
    const reporter = () => ({
      report: async ({ stage }: Progress) => {
        if (stage === 'segmenting') throw stale;
      },
    });
    const { objects, stored, make } = setUp({ painter: { paint }, reporter });
    await expect(make()).rejects.toBe(stale);
    expect(objects.removeAll).toHaveBeenCalledExactlyOnceWith('tasks/t/2/');
    expect([...stored.keys()]).toEqual(['tasks/t/source']);
  });

  it('the caller leaves – every port is told, the reason comes out', async () => {
    const count = (...[, , { signal }]: Parameters<MakeDependencies['counter']['count']>) =>
      new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        caller.abort(new Error('gone'));
      });
    const { make, caller } = setUp({ counter: { count } });
    await expect(make()).rejects.toThrow('gone');
  });
});
