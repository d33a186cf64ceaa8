// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { effectScope } from 'vue';
import { ApiError } from '@/api/api-error.ts';
import { useTraffic } from './use-traffic.ts';

const calls = vi.hoisted(() => ({
  api: vi.fn<(method: string, path: string) => Promise<unknown>>(),
  listClouds: vi.fn<() => Promise<unknown>>(),
  deleteCloud: vi.fn<(id: string) => Promise<unknown>>(),
}));
vi.mock('@/api/http.ts', async () => ({ ...(await vi.importActual<object>('@/api/api-error.ts')), api: calls.api }));
vi.mock('@/api/tasks.ts', () => ({ listClouds: calls.listClouds, deleteCloud: calls.deleteCloud }));

let made = 0;
beforeEach(() => {
  vi.useFakeTimers();
  made = 0;
  calls.api.mockImplementation(async () => ({ task: { id: `task ${++made}` } }));
  calls.listClouds.mockResolvedValue({});
  calls.deleteCloud.mockResolvedValue(undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.resetAllMocks();
});

function open(onRefused: (count: number) => void = () => {}) {
  const scope = effectScope();
  return { scope, ...scope.run(() => useTraffic(() => 'sample', onRefused))! };
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const deleted = () => calls.deleteCloud.mock.calls.map(([id]) => id);

it('lists and clouds until stopped; what it made is deleted', async () => {
  const { traffic, start, stop } = open();
  start();
  await pass(9_000);
  expect(traffic).toMatchObject({ isRunning: true, failed: 0, clouds: made });
  expect(made).toBeGreaterThan(5);
  expect(deleted()).toHaveLength(made - 5);
  stop();
  await pass(0);
  expect(new Set(deleted()).size).toBe(made);
  const { sent } = traffic;
  await pass(5_000);
  expect(traffic.sent).toBe(sent);
});

it('nobody answers – few requests wait, so that connections stay free', async () => {
  calls.listClouds.mockReturnValue(new Promise(() => {}));
  calls.api.mockReturnValue(new Promise(() => {}));
  const { start } = open();
  start();
  await pass(10_000);
  expect([calls.listClouds.mock.calls.length, calls.api.mock.calls.length]).toEqual([2, 1]);
});

it('failures are counted; one leaves the page – it stops', async () => {
  calls.listClouds.mockRejectedValue(new Error('away'));
  const { traffic, start, scope } = open();
  start();
  await pass(1_000);
  expect(traffic.failed).toBe(5);
  scope.stop();
  await pass(0);
  const asked = calls.listClouds.mock.calls.length;
  await pass(5_000);
  expect(calls.listClouds.mock.calls.length).toBe(asked);
  expect(deleted()).toHaveLength(made);
});

it('a flood – until some are refused; tells how many, not what failed otherwise', async () => {
  let count = 0;
  calls.api.mockImplementation(async () => {
    count += 1;
    if (count > 500) throw new ApiError({ status: 429, code: 'RATE_LIMITED', detail: '' });
    if (count > 490) throw new Error('away');
  });
  const onRefused = vi.fn<(count: number) => void>();
  const { flood, traffic } = open(onRefused);
  const ended = flood();
  expect(traffic.isFlooding).toBe(true);
  await ended;
  expect(traffic.isFlooding).toBe(false);
  expect(onRefused.mock.calls).toEqual([[count - 500]]);
  expect(count - 500).toBeGreaterThanOrEqual(50);
  expect(count - 500).toBeLessThan(60);
});
