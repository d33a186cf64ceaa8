import { describe, expect, it } from 'vitest';
import { linkKey } from './rates.ts';
import { addSample, SAMPLES, sparkPath, type Trend } from './trends.ts';
import { makeLink } from './view-fixture.ts';

const p95 = (value: number | null) => ({ latencyMs: { p50: 1, p95: value, p99: value } });

describe('addSample', () => {
  it('each service – rates of all links added; p95 of the slowest instance that was called', () => {
    const links = [
      makeLink('maker-1 seg-1', p95(5)),
      makeLink('maker-1 seg-2', p95(9)),
      makeLink('maker-2 seg-2', p95(90)),
      makeLink('bff-1 user-1', p95(3)),
    ];
    const rates = new Map([
      [linkKey(links[0]!), 2],
      [linkKey(links[1]!), 1],
    ]);
    expect(addSample([], links, rates)).toEqual([
      { service: 'wordcloud-seg', rates: [3], p95s: [9] },
      { service: 'wordcloud-user', rates: [0], p95s: [undefined] },
    ]);
  });

  it('a minute at most; a service that has gone is called no more', () => {
    let trends: Trend[] = [];
    for (let i = 0; i < SAMPLES + 5; i++) trends = addSample(trends, [makeLink('bff-1 task-1')], new Map());
    expect(trends[0]!.rates).toHaveLength(SAMPLES);
    trends = addSample(trends, [], new Map());
    expect([trends[0]!.rates.at(-1), trends[0]!.p95s.at(-1)]).toEqual([0, undefined]);
  });
});

describe('sparkPath', () => {
  it('the newest at the right edge, the most at the upper', () => {
    expect(sparkPath([0, 5, 10], 59, 100, 10)).toBe('M57.0 100.0L58.0 50.0L59.0 0.0');
  });

  it('gaps – the line is lifted; a lone sample is a dot', () => {
    expect(sparkPath([undefined, 1, undefined, 1, 1], 59, 1, 1)).toBe('M56.0 0.0h0M58.0 0.0L59.0 0.0');
    expect(sparkPath([], 59, 1, 1)).toBe('');
  });
});
