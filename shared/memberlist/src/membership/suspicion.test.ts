import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../simulation/virtual-clock.ts';
import { remainingSuspicionTime, Suspicion, suspicionTimeout } from './suspicion.ts';

describe('suspicionTimeout', () => {
  it.each([
    [5, 1000],
    [10, 1000],
    [50, 1698],
    [100, 2000],
    [500, 2698],
    [1000, 3000],
  ])('of %i nodes – %i ms for each unit of the multiplier', (nodes, unit) => {
    expect(suspicionTimeout(3, nodes, 1000)).toBe(3 * unit);
  });

  it('of no node at all – as of one', () => {
    expect(suspicionTimeout(4, 0, 1000)).toBe(4000);
  });
});

describe('remainingSuspicionTime', () => {
  it.each([
    [0, 3, 0, 2_000, 30_000, 30_000],
    [1, 3, 2_000, 2_000, 30_000, 14_000],
    [2, 3, 3_000, 2_000, 30_000, 4_810],
    [3, 3, 4_000, 2_000, 30_000, -2_000],
    [4, 3, 5_000, 2_000, 30_000, -3_000],
    [5, 3, 10_000, 2_000, 30_000, -8_000],
  ])(
    '%i of %i confirmations after %i ms, between %i and %i',
    (confirmations, expected, elapsed, min, max, remaining) => {
      expect(remainingSuspicionTime(confirmations, expected, elapsed, min, max)).toBe(remaining);
    },
  );
});

describe('Suspicion', () => {
  const [minMs, maxMs] = [500, 2000];

  function suspect(expected: number) {
    const clock = new VirtualClock();
    let firedAt: number | undefined;
    let fired = 0;
    const suspicion = new Suspicion({
      clock,
      from: 'me',
      expected,
      minMs,
      maxMs,
      onTimeout: () => {
        firedAt = clock.now();
        fired++;
      },
    });
    return { clock, suspicion, firedAt: () => firedAt, fired: () => fired };
  }

  it.each([
    { accusers: [], at: 2000, news: [] },
    { accusers: ['me', 'foo'], at: 1250, news: ['foo'] },
    { accusers: ['me', 'foo', 'foo', 'foo'], at: 1250, news: ['foo'] },
    { accusers: ['me', 'foo', 'bar'], at: 810, news: ['foo', 'bar'] },
    { accusers: ['me', 'foo', 'bar', 'baz'], at: 500, news: ['foo', 'bar', 'baz'] },
    { accusers: ['me', 'foo', 'bar', 'baz', 'zoo'], at: 500, news: ['foo', 'bar', 'baz'] },
  ])('accusers $accusers – dead at $at ms', ({ accusers, at, news }) => {
    const { clock, suspicion, firedAt, fired } = suspect(3);
    expect(accusers.filter((from) => suspicion.confirm(from))).toEqual(news);
    clock.advance(10_000);
    expect(firedAt()).toBeCloseTo(at, -1);
    expect(suspicion.confirm('late')).toBe(false);
    clock.advance(10_000);
    expect(fired()).toBe(1);
  });

  it('nobody can confirm – the shortest time, and no confirmation counts', () => {
    const { clock, suspicion, firedAt } = suspect(0);
    expect(suspicion.confirm('foo')).toBe(false);
    clock.advance(5_000);
    expect(firedAt()).toBe(minMs);
  });

  it('confirmed when the time is over already – fires at once', () => {
    const { clock, suspicion, firedAt } = suspect(1);
    clock.advance(800);
    suspicion.confirm('foo');
    clock.advance(0);
    expect(firedAt()).toBe(800);
  });

  it('cancelled – never fires', () => {
    const { clock, suspicion, fired } = suspect(1);
    suspicion.cancel();
    clock.advance(10_000);
    expect(fired()).toBe(0);
  });
});
