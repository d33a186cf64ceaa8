import { describe, expect, it } from 'vitest';
import { startTicker } from './clock.ts';
import { VirtualClock } from './simulation/virtual-clock.ts';

describe('startTicker', () => {
  it('the first round – comes after a random part of the interval, later ones after all of it', () => {
    const clock = new VirtualClock();
    const ticks: number[] = [];
    startTicker(
      clock,
      () => 0.25,
      () => 100,
      () => ticks.push(clock.now()),
    );
    clock.advance(400);
    expect(ticks).toEqual([25, 125, 225, 325]);
  });

  it('stopped, also from within – no more rounds; an interval of 0 – none at all', () => {
    const clock = new VirtualClock();
    let ticks = 0;
    const ticker = startTicker(
      clock,
      () => 0.5,
      () => 100,
      () => {
        if (++ticks === 2) ticker.cancel();
      },
    );
    startTicker(
      clock,
      () => 0.5,
      () => 0,
      () => ticks++,
    );
    clock.advance(1_000);
    expect([ticks, clock.pending]).toEqual([2, 0]);
  });

  it('an interval that changes – counts from the next round on', () => {
    const clock = new VirtualClock();
    const ticks: number[] = [];
    startTicker(
      clock,
      () => 0,
      () => (clock.now() < 200 ? 100 : 300),
      () => ticks.push(clock.now()),
    );
    clock.advance(900);
    expect(ticks).toEqual([0, 100, 200, 500, 800]);
  });
});
