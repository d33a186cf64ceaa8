// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { createReach } from './reach.ts';
import { jittered, waitOrWake } from './wait.ts';

it('reach – one failure says nothing while the service answers', async () => {
  const waits: number[] = [];
  const reach = createReach({ probe: async () => {}, wait: async (ms) => void waits.push(ms) });
  await reach.doubt();
  expect(reach.isAway.value).toBe(false);
  expect(waits).toEqual([]);
});

it('reach – away until it answers, asked more and more rarely, but never after more than four seconds', async () => {
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
  expect(waits).toEqual([1000, 1600, 2560, 4000, 4000]);
  expect(seen.every(Boolean)).toBe(true);
  expect(reach.isAway.value).toBe(false);
});

it('reach – somebody who does not want to wait is looked for at once', async () => {
  let isBack = false;
  const reach = createReach({
    async probe() {
      if (!isBack) throw new Error('away');
    },
    wait: (_ms, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
  });
  const looking = reach.doubt();
  expect(reach.isProbing.value).toBe(true);
  await vi.waitFor(() => expect(reach).toMatchObject({ isAway: { value: true }, isProbing: { value: false } }));
  isBack = true;
  reach.hurry();
  await looking;
  expect(reach.isAway.value).toBe(false);
});

it('waitOrWake – ends with its time, and before it for each reason to try at once', async () => {
  const long = 1e6;
  await waitOrWake(1);
  await waitOrWake(long, AbortSignal.abort());
  const wakers: [EventTarget, string][] = [
    [window, 'online'],
    [document, 'visibilitychange'],
  ];
  for (const [target, name] of wakers) {
    const waiting = waitOrWake(long);
    target.dispatchEvent(new Event(name));
    await waiting;
  }
  const stopping = new AbortController();
  const waiting = waitOrWake(long, stopping.signal);
  stopping.abort();
  await waiting;
});

it('jittered – around what was asked for', () => {
  expect([0, 0.5, 1].map((value) => jittered(1000, () => value))).toEqual([750, 1000, 1250]);
});
