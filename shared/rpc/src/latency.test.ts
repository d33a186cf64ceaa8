import { describe, expect, it } from 'vitest';
import { LatencyWindow, LatencyWindows, MovingAverage, Pace } from './latency.ts';

describe('MovingAverage', () => {
  it('before the first – unknown', () => {
    expect(new MovingAverage().read(1_000)).toBeUndefined();
  });

  it('slower – counts at once', () => {
    const average = new MovingAverage();
    average.add(10, 0);
    average.add(500, 1);
    expect(average.read(1)).toBe(500);
  });

  it('faster – counts little by little: after 10 s two thirds', () => {
    const average = new MovingAverage();
    average.add(1_000, 0);
    average.add(100, 1);
    expect(average.read(1)).toBeGreaterThan(999);
    average.add(100, 10_001);
    expect(average.read(10_001)).toBeCloseTo(100 + 900 / Math.E, 0);
  });

  it('nothing comes – fades', () => {
    const average = new MovingAverage();
    average.add(1_000, 0);
    expect(average.read(10_000)).toBeCloseTo(1_000 / Math.E, 6);
    expect(average.read(100_000)).toBeLessThan(0.1);
  });
});

describe('Pace', () => {
  it('fewer than five calls – says nothing; then their mean', () => {
    const pace = new Pace();
    for (const ms of [10, 20, 30, 40]) pace.add(ms, 0);
    expect(pace.read(0)).toBeUndefined();
    pace.add(50, 0);
    expect(pace.read(0)).toBeCloseTo(30, 9);
  });

  it('many calls – the newest counts a tenth', () => {
    const pace = new Pace();
    for (let i = 0; i < 100; i++) pace.add(100, 0);
    pace.add(200, 0);
    expect(pace.read(0)).toBeCloseTo(110, 9);
  });

  it('does not fade, and is too old after a minute', () => {
    const pace = new Pace();
    for (let i = 0; i < 5; i++) pace.add(100, 0);
    expect(pace.read(59_999)).toBe(100);
    expect(pace.read(60_000)).toBeUndefined();
  });
});

describe('LatencyWindow', () => {
  it('empty – null; one – that one for every quantile', () => {
    const window = new LatencyWindow();
    expect(window.quantiles([0, 0.5, 1])).toEqual([null, null, null]);
    window.add(7);
    expect(window.quantiles([0, 0.5, 1])).toEqual([7, 7, 7]);
  });

  it('1 to 100 in any order – quantiles by nearest rank', () => {
    const window = new LatencyWindow();
    for (let i = 0; i < 100; i++) window.add(((i * 37) % 100) + 1);
    expect(window.quantiles([0, 0.01, 0.5, 0.95, 0.99, 1])).toEqual([1, 1, 50, 95, 99, 100]);
  });

  it('more than 512 – the oldest are forgotten', () => {
    const window = new LatencyWindow();
    for (let i = 0; i < 100; i++) window.add(1_000_000);
    for (let i = 0; i < 512; i++) window.add(i);
    expect(window.quantiles([0, 1])).toEqual([0, 511]);
  });
});

describe('LatencyWindows', () => {
  it('each operation – has its own, and keeps it', () => {
    const windows = new LatencyWindows();
    windows.of('a').add(1);
    expect(windows.of('a').quantiles([1])).toEqual([1]);
    expect(windows.of('constructor').quantiles([1])).toEqual([null]);
  });
});
