import { describe, expect, it } from 'vitest';
import { createPreciseClock, preciseNow } from './precise-clock.ts';

function clockOf(origin: number) {
  const time = { wall: 1_000_000, elapsed: 500 };
  const now = createPreciseClock({ wall: () => Math.floor(time.wall), elapsed: () => time.elapsed, origin });
  const pass = (ms: number, byWall = ms) => {
    time.elapsed += ms;
    time.wall += byWall;
  };
  return { now, pass };
}

describe('createPreciseClock', () => {
  it('fractions of a millisecond – told, evenly', () => {
    const { now, pass } = clockOf(999_500);
    const times = Array.from({ length: 5 }, () => {
      pass(0.25);
      return now();
    });
    expect(times).toEqual([1_000_000.25, 1_000_000.5, 1_000_000.75, 1_000_001, 1_000_001.25]);
  });

  it.each([
    ['forward', 3_600_000],
    ['back', -3_600_000],
    ['forward by little', 3.5],
  ])('the wall clock is set %s – followed', (_, by) => {
    const { now, pass } = clockOf(999_500);
    pass(10, 10 + by);
    expect(Math.abs(now() - (1_000_010 + by))).toBeLessThanOrEqual(1);
    const before = now();
    pass(0.5);
    expect(now() - before).toBeCloseTo(0.5);
  });

  it('a machine that slept, so that the origin is wrong – the wall clock counts', () => {
    expect(clockOf(0).now()).toBe(1_000_000);
  });
});

it('preciseNow – is now', () => expect(Math.abs(preciseNow() - Date.now())).toBeLessThan(5));
