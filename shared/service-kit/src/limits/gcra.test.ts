import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gcra, type Limit } from './gcra.ts';

const TEN_A_SECOND: Limit = { rate: 10, periodMs: 1_000, burst: 10 };

/** Asks again and again, the clock standing still. */
function ask(limit: Limit) {
  let aheadMs = 0;
  return (cost: number) => {
    const { allowed, remaining, retryAfterMs, resetAfterMs } = gcra(limit, aheadMs, cost);
    if (allowed > 0) aheadMs = resetAfterMs;
    return [allowed, remaining, Math.round(retryAfterMs), Math.round(resetAfterMs)];
  };
}

describe('gcra', () => {
  it('the steps of redis_rate’s TestAllow – its results', () => {
    const step = ask(TEN_A_SECOND);
    expect(step(1)).toEqual([1, 9, -1, 100]);
    expect(step(2)).toEqual([2, 7, -1, 300]);
    expect(step(7)).toEqual([7, 0, -1, 1_000]);
    expect(step(1_000)).toEqual([0, 0, 100_000, 1_000]);
  });

  it('the steps of redis_rate’s TestAllowN_IncrementZero – looking costs nothing', () => {
    const step = ask(TEN_A_SECOND);
    expect(step(0)).toEqual([0, 10, -1, 0]);
    expect(step(1)).toEqual([1, 9, -1, 100]);
    expect(step(0)).toEqual([0, 9, -1, 100]);
  });

  it('everything used – one after each interval, not before', () => {
    expect(gcra(TEN_A_SECOND, 1_000, 1)).toMatchObject({ allowed: 0, retryAfterMs: 100, resetAfterMs: 1_000 });
    expect(gcra(TEN_A_SECOND, 901, 1)).toMatchObject({ allowed: 0, retryAfterMs: 1 });
    expect(gcra(TEN_A_SECOND, 900, 1)).toMatchObject({ allowed: 1, remaining: 0, retryAfterMs: -1 });
  });

  it('a burst above the rate – at once, then the rate', () => {
    const limit = { rate: 100, periodMs: 1_000, burst: 200 };
    expect(gcra(limit, 0, 200)).toEqual({ allowed: 200, remaining: 0, retryAfterMs: -1, resetAfterMs: 2_000 });
    expect(gcra(limit, 2_000, 1)).toMatchObject({ allowed: 0, retryAfterMs: 10 });
  });

  it.each([3, 7, 30, 300])('%i a second, whose interval no number holds – waiting as told is enough', (rate) => {
    const limit = { rate, periodMs: 1_000, burst: rate };
    const now = 123_456_789.25;
    let tat = now;
    for (let left = rate - 1; left >= 0; left--) {
      const { remaining, resetAfterMs } = gcra(limit, tat - now, 1);
      expect(remaining).toBe(left);
      tat = now + resetAfterMs;
    }
    const { retryAfterMs } = gcra(limit, tat - now, 1);
    expect(gcra(limit, tat - (now + retryAfterMs), 1).allowed).toBe(1);
  });

  it('a TAT far ahead, of a limit that was higher – as if the burst had just been used', () => {
    expect(gcra(TEN_A_SECOND, 1e9, 1)).toMatchObject({ allowed: 0, retryAfterMs: 100, resetAfterMs: 1_000 });
  });

  it('any limit, any times – never more than the burst and what the time brought, and waiting as told is enough', () => {
    const limits = fc.record({
      rate: fc.integer({ min: 1, max: 500 }),
      periodMs: fc.constantFrom(1_000, 60_000),
      burst: fc.integer({ min: 1, max: 50 }),
    });
    const requests = fc.array(fc.record({ afterMs: fc.nat(2_000), cost: fc.nat(5) }), { maxLength: 60 });
    fc.assert(
      fc.property(limits, requests, (limit, steps) => {
        let [now, tat, sum] = [1e9, 0, 0];
        for (const { afterMs, cost } of steps) {
          now += afterMs;
          const { allowed, remaining, retryAfterMs, resetAfterMs } = gcra(limit, tat - now, cost);
          if (allowed > 0) tat = now + resetAfterMs;
          sum += allowed;
          const brought = ((now - 1e9) * limit.rate) / limit.periodMs;
          expect(sum).toBeLessThanOrEqual(limit.burst + brought + 0.01);
          expect(remaining).toBeLessThanOrEqual(limit.burst);
          if (retryAfterMs !== -1 && cost <= limit.burst) {
            expect(gcra(limit, tat - (now + retryAfterMs), cost).allowed).toBe(cost);
          }
        }
      }),
    );
  });
});
