// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { createReach } from './reach.ts';

it('reach – one failure says nothing while the service answers', async () => {
  const waits: number[] = [];
  const reach = createReach({ probe: async () => {}, wait: async (ms) => void waits.push(ms) });
  await reach.doubt();
  expect(reach.isAway.value).toBe(false);
  expect(waits).toEqual([]);
});

it('reach – away until it answers, asked more and more rarely', async () => {
  const waits: number[] = [];
  const seen: boolean[] = [];
  let left = 6;
  const reach = createReach({
    async probe() {
      left -= 1;
      if (left > 0) throw new Error('away');
    },
    async wait(ms) {
      waits.push(Math.round(ms));
      seen.push(reach.isAway.value);
    },
  });
  await Promise.all([reach.doubt(), reach.doubt()]);
  expect(waits).toEqual([1500, 2400, 3840, 6144, 9830]);
  expect(seen.every(Boolean)).toBe(true);
  expect(reach.isAway.value).toBe(false);
});
