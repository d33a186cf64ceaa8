import { createMetrics } from '@wordcloud/telemetry';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Bulkhead, type BulkheadOptions, createBulkhead } from './bulkhead.ts';
import { createBulkheadMetrics } from './bulkhead-metrics.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const make = (options: Partial<BulkheadOptions> = {}) =>
  createBulkhead({ name: 'maker', workers: 1, queue: 2, maxWaitMs: 100, ...options });

/** Work that ends when told. */
function start(bulkhead: Bulkhead, begun: string[] = [], name = '', signal?: AbortSignal) {
  const work = Promise.withResolvers<string>();
  const result = bulkhead.run(() => {
    begun.push(name);
    return work.promise;
  }, signal);
  result.catch(() => {});
  return { result, end: () => work.resolve(name), fail: (error: Error) => work.reject(error) };
}

/** Lets what is due happen, without moving the clock. */
const settle = () => vi.advanceTimersByTimeAsync(0);

describe('createBulkhead', () => {
  it('more work than places – begins in the order in which it came', async () => {
    const bulkhead = make({ workers: 2, queue: 3 });
    const begun: string[] = [];
    const works = ['a', 'b', 'c', 'd', 'e'].map((name) => start(bulkhead, begun, name));
    await settle();
    expect(begun).toEqual(['a', 'b']);
    expect(bulkhead.state()).toMatchObject({ running: 2, waiting: 3 });
    works[1]!.end();
    await settle();
    expect(begun).toEqual(['a', 'b', 'c']);
    works[0]!.end();
    works[2]!.end();
    await settle();
    expect(begun).toEqual(['a', 'b', 'c', 'd', 'e']);
    works[3]!.end();
    works[4]!.end();
    expect(await Promise.all(works.map(({ result }) => result))).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(bulkhead.state()).toMatchObject({ running: 0, waiting: 0, refused: 0 });
  });

  it('the queue is full – OVERLOADED at once', async () => {
    const bulkhead = make();
    const [first, second] = [start(bulkhead), start(bulkhead), start(bulkhead)];
    await expect(start(bulkhead).result).rejects.toMatchObject({
      ...{ code: 'OVERLOADED', status: 503, retryAfterSeconds: 1, sent: false },
      message: 'All 1 places of maker are taken, and 2 wait already.',
    });
    expect(bulkhead.state()).toMatchObject({ running: 1, waiting: 2, refused: 1 });
    first!.end();
    await settle();
    second!.end();
    await settle();
    expect(bulkhead.state()).toMatchObject({ running: 1, waiting: 0 });
  });

  it('waiting longer than allowed – OVERLOADED; the others keep their turn', async () => {
    const bulkhead = make();
    const begun: string[] = [];
    const first = start(bulkhead, begun, 'first');
    const late = start(bulkhead, begun, 'late');
    await vi.advanceTimersByTimeAsync(60);
    const next = start(bulkhead, begun, 'next');
    await vi.advanceTimersByTimeAsync(40);
    await expect(late.result).rejects.toMatchObject({
      code: 'OVERLOADED',
      message: 'All 1 places of maker are taken, and none has become free in 100 ms.',
    });
    first.end();
    await settle();
    expect(begun).toEqual(['first', 'next']);
    next.end();
    expect(await next.result).toBe('next');
  });

  it('the event loop was held up past the wait – refused, though the timer is late', async () => {
    const clock = { now: 0 };
    const bulkhead = make({ now: () => clock.now });
    const first = start(bulkhead);
    const late = start(bulkhead);
    clock.now = 101;
    first.end();
    await expect(late.result).rejects.toMatchObject({ code: 'OVERLOADED' });
    expect(bulkhead.state()).toMatchObject({ running: 0, waiting: 0, refused: 1 });
  });

  it('a shorter wait of its own – counts', async () => {
    const bulkhead = make();
    start(bulkhead);
    const hurried = bulkhead.run(async () => 'done', undefined, 30);
    hurried.catch(() => {});
    await vi.advanceTimersByTimeAsync(30);
    await expect(hurried).rejects.toThrow('none has become free in 30 ms');
  });

  it.each([{ queue: 0 }, { maxWaitMs: 0 }])('%j – nobody waits', async (options) => {
    const bulkhead = make(options);
    const first = start(bulkhead);
    await expect(start(bulkhead).result).rejects.toMatchObject({ code: 'OVERLOADED' });
    first.end();
    await settle();
    const next = start(bulkhead);
    next.end();
    await next.result;
  });

  it('aborted while waiting – leaves the queue with the signal’s reason', async () => {
    const bulkhead = make();
    const begun: string[] = [];
    const controller = new AbortController();
    const first = start(bulkhead, begun, 'first');
    const gone = start(bulkhead, begun, 'gone', controller.signal);
    const next = start(bulkhead, begun, 'next');
    controller.abort(new Error('no longer wanted'));
    await expect(gone.result).rejects.toThrow('no longer wanted');
    expect(bulkhead.state()).toMatchObject({ waiting: 1, refused: 0 });
    first.end();
    await settle();
    expect(begun).toEqual(['first', 'next']);
    next.end();
  });

  it('aborted before – throws the reason and takes nothing', async () => {
    const bulkhead = make();
    await expect(start(bulkhead, [], '', AbortSignal.abort(new Error('gone'))).result).rejects.toThrow('gone');
    expect(bulkhead.state()).toMatchObject({ running: 0, waiting: 0 });
  });

  it('work that fails, at once or later – its error; the place is free again', async () => {
    const bulkhead = make();
    const first = start(bulkhead);
    first.fail(new Error('broken'));
    await expect(first.result).rejects.toThrow('broken');
    const thrown = bulkhead.run(() => {
      throw new Error('thrown');
    });
    await expect(thrown).rejects.toThrow('thrown');
    expect(bulkhead.state().running).toBe(0);
  });

  it('given back twice – counts once', async () => {
    const bulkhead = make();
    const release = await bulkhead.acquire();
    release();
    await bulkhead.acquire();
    release();
    expect(bulkhead.state().running).toBe(1);
  });

  it.each([{ workers: 0 }, { queue: -1 }, { maxWaitMs: -1 }, { workers: Number.NaN }])('%j – refused', (options) => {
    expect(() => make(options)).toThrow(RangeError);
  });

  it('metrics – under the names of goresilience, by bulkhead', async () => {
    const { registry } = createMetrics('test', { processMetrics: false });
    const metrics = createBulkheadMetrics({ registry });
    const bulkhead = make({ metrics });
    make({ metrics, name: 'other' });
    start(bulkhead);
    start(bulkhead);
    start(bulkhead);
    await start(bulkhead).result.catch(() => {});
    await settle();
    expect(await registry.metrics()).toContain('bulkhead_waiting{id="maker",service="test"} 2');
    await vi.advanceTimersByTimeAsync(100);
    const lines = (await registry.metrics()).split('\n').filter((line) => line.includes('bulkhead') && line[0] !== '#');
    expect(lines).toEqual([
      'goresilience_bulkhead_queued_total{id="maker",service="test"} 4',
      'goresilience_bulkhead_processed_total{id="maker",service="test"} 1',
      'goresilience_bulkhead_timeouts_total{id="maker",service="test"} 2',
      'goresilience_bulkhead_timeouts_total{id="other",service="test"} 0',
      'bulkhead_full_total{id="maker",service="test"} 1',
      'bulkhead_full_total{id="other",service="test"} 0',
      'bulkhead_places{id="maker",service="test"} 1',
      'bulkhead_places{id="other",service="test"} 1',
      'bulkhead_running{id="maker",service="test"} 1',
      'bulkhead_running{id="other",service="test"} 0',
      'bulkhead_waiting{id="maker",service="test"} 0',
      'bulkhead_waiting{id="other",service="test"} 0',
    ]);
  });

  it('any load – never above its bounds, and no place is lost', async () => {
    const step = fc.record({
      afterMs: fc.nat(20),
      workMs: fc.nat(50),
      fails: fc.boolean(),
      abortAfterMs: fc.option(fc.nat(60)),
    });
    const bounds = fc.record({ workers: fc.integer({ min: 1, max: 4 }), queue: fc.nat(5), maxWaitMs: fc.nat(60) });
    await fc.assert(
      fc.asyncProperty(bounds, fc.array(step, { maxLength: 40 }), async (options, steps) => {
        const bulkhead = make(options);
        let [running, most, begun] = [0, 0, 0];
        const results: Promise<unknown>[] = [];
        for (const { afterMs, workMs, fails, abortAfterMs } of steps) {
          await vi.advanceTimersByTimeAsync(afterMs);
          const controller = new AbortController();
          if (abortAfterMs !== null) setTimeout(() => controller.abort(new Error('aborted')), abortAfterMs);
          const work = async () => {
            begun++;
            most = Math.max(most, ++running);
            await new Promise((resolve) => setTimeout(resolve, workMs));
            running--;
            if (fails) throw new Error('failed');
            return 'done';
          };
          results.push(bulkhead.run(work, controller.signal).catch((error: Error) => error.message));
          expect(bulkhead.state().waiting).toBeLessThanOrEqual(options.queue);
        }
        await vi.runAllTimersAsync();
        const ends = await Promise.all(results);
        expect(most).toBeLessThanOrEqual(options.workers);
        expect(begun).toBe(ends.filter((end) => end === 'done' || end === 'failed').length);
        const refused = ends.filter((end) => String(end).startsWith('All ')).length;
        expect(bulkhead.state()).toMatchObject({ running: 0, waiting: 0, refused });
      }),
      { numRuns: 100 },
    );
  });
});
