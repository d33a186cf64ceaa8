import { describe, expect, it } from 'vitest';
import { ratesByTarget, ratesOver } from './rates.ts';
import { makeLink, momentOf } from './view-fixture.ts';

/** Views with one link, of counts at seconds. */
const views = (...counts: [calls: number, second: number][]) =>
  counts.map(([calls, second]) => [makeLink('bff-1 task-1', { calls, at: momentOf(second) })]);
const rateOf = (history: ReturnType<typeof views>) => [...ratesOver(history).values()];

describe('ratesOver', () => {
  it('calls over the whole time that is looked back at', () => {
    expect(rateOf(views([10, 0], [10, 1], [22, 2], [22, 4]))).toEqual([3]);
  });

  it('seen once, or not counted anew since – unknown', () => {
    expect(rateOf(views([10, 0]))).toEqual([]);
    expect(rateOf(views([10, 0], [10, 0]))).toEqual([]);
    expect(ratesOver([]).size).toBe(0);
  });

  it('the caller was started anew – what was before is left out', () => {
    expect(rateOf(views([500, 0], [900, 1], [2, 2], [6, 4]))).toEqual([2]);
  });

  it('a link that was absent for a while – only what came after', () => {
    const [first, , third, fourth] = views([0, 0], [0, 1], [100, 2], [101, 3]);
    expect(rateOf([first!, [], third!, fourth!])).toEqual([1]);
  });
});

describe('ratesByTarget', () => {
  it('adds up what all callers send; of who is not counted, nothing', () => {
    const history = [0, 10].map((calls) => [
      makeLink('maker-1 seg-1', { calls, at: momentOf(calls) }),
      makeLink('maker-2 seg-1', { calls: calls * 2, at: momentOf(calls) }),
    ]);
    const links = [...history[1]!, makeLink('maker-1 seg-2')];
    expect([...ratesByTarget(links, ratesOver(history))]).toEqual([
      [links[0]!.to, 3],
      [links[2]!.to, 0],
    ]);
  });
});
