import { describe, expect, it } from 'vitest';
import { createLocalLimiter } from './local-limiter.ts';

const TWO_A_SECOND = { rate: 2, periodMs: 1_000, burst: 2 };

const HOURLY = { rate: 1, periodMs: 3_600_000, burst: 1 };

function withClock(maxKeys?: number) {
  const clock = { now: 5 };
  return { clock, limiter: createLocalLimiter({ now: () => clock.now, ...(maxKeys && { maxKeys }) }) };
}

describe('createLocalLimiter', () => {
  it('keys – each has its own limit, which comes back with time', () => {
    const { clock, limiter } = withClock();
    const allowed = (key: string) => limiter.allow(key, TWO_A_SECOND).allowed;
    expect([allowed('a'), allowed('a'), allowed('a'), allowed('b')]).toEqual([1, 1, 0, 1]);
    clock.now += 499;
    expect(allowed('a')).toBe(0);
    clock.now += 1;
    expect([allowed('a'), allowed('a')]).toEqual([1, 0]);
  });

  it('looking only – uses and remembers nothing', () => {
    const { limiter } = withClock();
    expect(limiter.allow('a', TWO_A_SECOND, 0)).toMatchObject({ allowed: 0, remaining: 2 });
    expect(limiter.size).toBe(0);
  });

  it('expired keys – forgotten within a minute of asking, others kept', () => {
    const { clock, limiter } = withClock();
    for (let i = 0; i < 100; i++) limiter.allow(`second ${i}`, TWO_A_SECOND);
    limiter.allow('hour', HOURLY);
    clock.now += 60_000;
    limiter.allow('new', TWO_A_SECOND);
    expect(limiter.size).toBe(2);
    expect(limiter.allow('hour', HOURLY).allowed).toBe(0);
  });

  it('more keys than allowed – those asked about longest ago are forgotten', () => {
    const { limiter } = withClock(16);
    const asked = (key: string) => limiter.allow(key, HOURLY).allowed;
    const keys = Array.from({ length: 16 }, (_, i) => `key ${i}`);
    expect(keys.map(asked)).toEqual(keys.map(() => 1));
    expect(limiter.size).toBe(16);
    expect(asked('key 0')).toBe(0);
    expect(asked('one more')).toBe(1);
    expect(limiter.size).toBe(15);
    expect(asked('key 0')).toBe(0);
    expect(asked('key 3')).toBe(0);
    expect([asked('key 1'), asked('key 2')]).toEqual([1, 1]);
  });
});
