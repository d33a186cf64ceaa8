import { describe, expect, it } from 'vitest';
import { makeTask } from '../clouds/task-fixture.ts';
import { keepLatest, waterfallOf } from './waterfall.ts';

const ms = { segment: 20, layout: 30, draw: 10, total: 70 };
const stats = { tokens: 1, distinct: 1, placed: 1, fill: 0.5, ms };
const times = { createdAt: '2026-11-20T15:00:00.000Z', finishedAt: '2026-11-20T15:00:00.100Z' };

describe('waterfallOf', () => {
  it('one stage after the other; waiting is what the maker did not take', () => {
    const { bars, totalMs } = waterfallOf(makeTask(1, { stats, ...times }))!;
    expect(bars.map(({ stage, startMs, ms: took }) => [stage, startMs, took])).toEqual([
      ['waiting', 0, 30],
      ['segment', 30, 20],
      ['layout', 50, 30],
      ['draw', 80, 10],
      ['store', 90, 10],
    ]);
    expect(totalMs).toBe(100);
  });

  it('made again – what was before is left out', () => {
    const task = makeTask(1, { stats, attempts: 2, ...times, finishedAt: '2026-11-20T16:00:00.000Z' });
    expect(waterfallOf(task)).toMatchObject({ totalMs: 70 });
  });

  it('clocks that disagree – no stage shorter than nothing', () => {
    const { bars } = waterfallOf(makeTask(1, { stats, ...times, finishedAt: times.createdAt }))!;
    for (const bar of bars) expect(bar.ms).toBeGreaterThanOrEqual(0);
  });

  it('not finished – nothing', () => {
    expect(waterfallOf(makeTask(1, { stats: null }))).toBeUndefined();
    expect(waterfallOf(makeTask(1, { finishedAt: null }))).toBeUndefined();
  });
});

it('keepLatest – newest first, each once, the oldest goes', () => {
  const [first, second, third] = [makeTask(1), makeTask(2), makeTask(3)];
  expect(keepLatest([second, first], third, 2)).toEqual([third, second]);
  const changed = { ...first, title: 'changed' };
  expect(keepLatest([second, first], changed, 5)).toEqual([second, changed]);
});
