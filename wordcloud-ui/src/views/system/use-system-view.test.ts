// @vitest-environment happy-dom

import { mount } from '@vue/test-utils';
import type { SystemView } from '@wordcloud/contracts';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { ApiError } from '@/api/api-error.ts';
import { type LiveSystem, useSystemView } from './use-system-view.ts';
import { makeInstance, makeLink, makeView, momentOf } from './view-fixture.ts';

const { api } = vi.hoisted(() => ({ api: vi.fn<(...request: unknown[]) => Promise<unknown>>() }));
vi.mock('@/api/http.ts', async () => ({ ...(await vi.importActual<object>('@/api/api-error.ts')), api }));

beforeEach(() => {
  vi.useFakeTimers();
  setHidden(false);
});
afterEach(() => {
  vi.useRealTimers();
  api.mockReset();
});

function setHidden(hidden: boolean): void {
  Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}

const answer = (view: Partial<SystemView>, ratelimit = '') =>
  new Response(JSON.stringify(makeView(view)), { headers: { ratelimit } });

/** A page that shows the system; `answers` come one after the other, the last one again and again. */
function show(...answers: (Partial<SystemView> | Error)[]) {
  let index = 0;
  api.mockImplementation(async () => {
    const next = answers[Math.min(index++, answers.length - 1)]!;
    if (next instanceof Error) throw next;
    return answer(next, '"user";r=7;t=1');
  });
  let live!: LiveSystem;
  const page = mount({
    setup() {
      live = useSystemView();
      return () => null;
    },
  });
  onTestFinished(() => page.unmount());
  return { live, page };
}

const kinds = (live: LiveSystem) => live.log.value.map(({ change }) => change.kind);
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

it('asks each second; rates, trends and log come from the differences', async () => {
  const links = (calls: number, second: number) => [makeLink('bff-1 task-1', { calls, at: momentOf(second) })];
  const { live } = show(
    { links: links(0, 0) },
    { links: links(6, 2), instances: [makeInstance('seg-1', { changes: [{ status: 'up', at: momentOf(1) }] })] },
  );
  await pass(0);
  expect(live.view.value).toBeDefined();
  expect([...live.quota.value]).toEqual([['user', 7]]);
  await pass(1_000);
  expect([...live.rates.value.values()]).toEqual([3]);
  expect(live.trends.value[0]).toMatchObject({ service: 'wordcloud-task', rates: [3] });
  expect(kinds(live)).toEqual(['came']);
});

it('hidden – asks no more; seen again – at once; left – never again', async () => {
  const { page } = show({});
  await pass(0);
  setHidden(true);
  await pass(5_000);
  const asked = api.mock.calls.length;
  expect(asked).toBe(1);
  setHidden(false);
  await pass(0);
  expect(api.mock.calls.length).toBe(asked + 1);
  page.unmount();
  await pass(5_000);
  expect(api.mock.calls.length).toBe(asked + 1);
});

it('away and back – what was known stays, and both are told once', async () => {
  const away = new ApiError({ status: 0, code: 'OFFLINE', detail: '' });
  const { live } = show({}, away, away, {});
  await pass(2_000);
  expect(live.error.value).toBe(away);
  expect(live.view.value).toBeDefined();
  await pass(1_000);
  expect(live.error.value).toBeUndefined();
  expect(kinds(live)).toEqual(['found', 'lost']);
});

it('refused by the rate limit – not away: the stock is empty', async () => {
  const { live } = show({}, new ApiError({ status: 429, code: 'RATE_LIMITED', detail: '' }));
  await pass(1_000);
  expect(live.error.value).toBeUndefined();
  expect(live.quota.value.get('user')).toBe(0);
});
