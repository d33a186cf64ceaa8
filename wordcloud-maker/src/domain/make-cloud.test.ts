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
  const previews: string[] = [];
  const objects = {
    read: vi.fn(async (key: string, _maxBytes: number) => {
      const found = stored.get(key);
      if (!found) throw new Error(`no ${key}`);
      return found;
    }),
    find: vi.fn(async (key: string) => stored.get(key)),
    write: vi.fn(async (key: string, content: Uint8Array) => void stored.set(key, content)),
    removeAll: vi.fn(async (prefix: string) => {
      for (const key of stored.keys()) if (key.startsWith(prefix)) stored.delete(key);
    }),
  };
  const paint = vi.fn<MakeDependencies['painter']['paint']>(async (words, _options, _mask, { onStage, onPreview }) => {
    for (const percent of [0, 50, 100]) onStage('layout', percent);
    onPreview(bytes('preview'));
    onStage('drawing', 100);
    const placed = words.map((one: { word: string }) => one.word);
    const files = { png: bytes('png'), svg: bytes('svg'), layout: bytes('layout') };
    return { ...files, placed, fill: 0.123456, ms: { layout: 1.23456, draw: 2 } };
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
    reporter: () => ({
      async report(progress: Progress, previewKey?: string) {
        reported.push(progress);
        if (previewKey !== undefined) previews.push(previewKey);
      },
    }),
    maxTextBytes: 1_000,
    maxMaskBytes: 2_000,
    clock: () => 5,
    ...changes,
  };
  const caller = new AbortController();
  const make = (job = JOB) => createMakeCloud(deps)(job, { signal: caller.signal, requestId: 'r' });
  return { objects, paint, stored, reported, previews, caller, make };
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
        layout: 'tasks/t/2/layout.json',
        words: 'tasks/t/2/words.json',
        width: 1200,
        height: 800,
      },
      stats: { tokens: 20, distinct: 3, placed: 2, fill: 0.1235, ms: { segment: 0, layout: 1.2, draw: 2, total: 0 } },
    });
    const chosen = [
      { word: 'whale', weight: 4, pos: null },
      { word: 'ship', weight: 3, pos: null },
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

  it('a preview – stored before the picture, and told once', async () => {
    const { objects, stored, previews, make } = setUp();
    await make();
    const key = 'tasks/t/2/preview.png';
    expect(objects.write.mock.calls[0]!.slice(0, 3)).toEqual([key, bytes('preview'), 'image/png']);
    expect(stored.get(key)).toEqual(bytes('preview'));
    expect(previews).toEqual([key]);
  });

  it('a preview cannot be stored – the picture is made all the same, nothing is told', async () => {
    const { objects, previews, make } = setUp();
    objects.write.mockRejectedValueOnce(new Error('disk full'));
    expect(await make()).toMatchObject({ result: { png: 'tasks/t/2/image.png' } });
    expect(previews).toEqual([]);
  });

  it('painting fails while a preview is stored – nothing is left', async () => {
    const { objects, stored, paint, make } = setUp();
    const slow = Promise.withResolvers<void>();
    const write = objects.write.getMockImplementation()!;
    objects.write.mockImplementation(async (...given) => {
      await slow.promise;
      await write(...given);
    });
    paint.mockImplementation(async (...[, , , events]) => {
      events.onPreview(bytes('preview'));
      setImmediate(slow.resolve);
      throw new Error('out of memory');
    });
    await expect(make()).rejects.toThrow('out of memory');
    expect([...stored.keys()]).toEqual(['tasks/t/source']);
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

  it('two texts – both counted with the same options; colours, sizes and rows tell them apart', async () => {
    const counter = {
      count: vi.fn(async (text: Uint8Array) => {
        const isFirst = new TextDecoder().decode(text) === 'text';
        const words = isFirst ? [word('whale', 4), word('sea', 2)] : [word('sea', 40), word('tea', 10)];
        return { lang: isFirst ? 'en' : 'de', encoding: 'utf-8', tokens: isFirst ? 10 : 100, words };
      }),
    };
    const { paint, stored, make } = setUp({ counter });
    stored.set('tasks/t/compare', bytes('other'));
    const reply = await make({ ...JOB, compareKey: 'tasks/t/compare' });
    expect(reply).toMatchObject({ lang: 'en', stats: { tokens: 110, distinct: 3, placed: 2 } });
    expect(counter.count.mock.calls.map(([text]) => new TextDecoder().decode(text))).toEqual(['text', 'other']);
    expect(paint.mock.calls[0]![0]).toEqual([
      { word: 'sea', weight: 300, pos: null, color: '#6c8299' },
      { word: 'whale', weight: 200, pos: null, color: '#b3400a' },
    ]);
    expect(JSON.parse(new TextDecoder().decode(stored.get('tasks/t/2/words.json')))).toEqual([
      { word: 'sea', count: 2, pos: null, weight: 1, placed: true, other: 40, logRatio: -1 },
      { word: 'whale', count: 4, pos: null, weight: 0.666667, placed: true, other: 0, logRatio: 6.3219 },
      { word: 'tea', count: 0, pos: null, weight: 0.166667, placed: false, other: 10, logRatio: -1 },
    ]);
  });

  it('a second text without a word – EMPTY_TEXT says which', async () => {
    const counter = {
      count: async (text: Uint8Array) => ({
        ...{ lang: 'en', encoding: 'utf-8', tokens: 1 },
        words: text.length === 0 ? [] : [word('whale', 4)],
      }),
    };
    const { stored, make } = setUp({ counter });
    stored.set('tasks/t/compare', bytes(''));
    const making = make({ ...JOB, compareKey: 'tasks/t/compare' });
    await expect(making).rejects.toMatchObject({
      code: 'EMPTY_TEXT',
      message: expect.stringContaining('compare with'),
    });
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
