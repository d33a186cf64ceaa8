import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type EffectScope, effectScope, nextTick, ref } from 'vue';
import { type ListPage, useCloudList } from './cloud-list.ts';
import type { ListQuery } from './list-query.ts';
import { makeTask } from './task-fixture.ts';

type Answer = Awaited<ReturnType<ListPage>>;

let scope: EffectScope;
beforeEach(() => {
  vi.useFakeTimers();
  scope = effectScope();
});
afterEach(() => {
  scope.stop();
  vi.useRealTimers();
});

/** A list whose requests are answered by the test, one by one. */
function makeList() {
  const query = ref<ListQuery>({ page: 1, status: undefined, q: '' });
  const requests: { query: Parameters<ListPage>[0]; signal: AbortSignal; answer: PromiseWithResolvers<Answer> }[] = [];
  const listPage: ListPage = (asked, signal) => {
    const answer = Promise.withResolvers<Answer>();
    requests.push({ query: asked, signal, answer });
    return answer.promise;
  };
  const list = scope.run(() => useCloudList(query, listPage))!;
  const settle = async (index: number, result: Answer | Error) => {
    const { answer } = requests[index]!;
    if (result instanceof Error) answer.reject(result);
    else answer.resolve(result);
    await vi.advanceTimersByTimeAsync(0);
  };
  const ids = () => list.items.value.map(({ id }) => Number(id.slice(-12)));
  return { query, requests, list, settle, ids };
}
const answer = (...numbers: number[]): Answer => ({ items: numbers.map((n) => makeTask(n)), total: numbers.length });

it('loads what the address says', async () => {
  const { list, requests, settle, ids } = makeList();
  expect(requests[0]!.query).toEqual({ page: 1, pageSize: 24 });
  expect([list.isLoaded.value, list.isBusy.value]).toEqual([false, true]);
  await settle(0, answer(2, 1));
  expect([list.isLoaded.value, list.isBusy.value, list.total.value]).toEqual([true, false, 2]);
  expect(ids()).toEqual([2, 1]);
});

it('another search – the old answer is given up, the old page stays until the new one is there', async () => {
  const { query, list, requests, settle, ids } = makeList();
  await settle(0, answer(1));
  query.value = { page: 2, status: 'failed', q: 'tea' };
  await nextTick();
  query.value = { page: 1, status: 'failed', q: 'tea' };
  await nextTick();
  expect(requests[1]!.signal.aborted).toBe(true);
  expect(requests[2]!.query).toEqual({ page: 1, pageSize: 24, status: 'failed', q: 'tea' });
  await settle(2, answer(3));
  await settle(1, answer(9));
  expect(ids()).toEqual([3]);
  expect(list.isBusy.value).toBe(false);
});

it('a failure is told, and a second try helps', async () => {
  const { list, settle } = makeList();
  const failure = new Error('away');
  await settle(0, failure);
  expect(list.error.value).toBe(failure);
  void list.reload();
  await settle(1, answer(1));
  expect(list.error.value).toBeUndefined();
  expect(list.isLoaded.value).toBe(true);
});

it('what happened while an answer was on its way is not undone by it', async () => {
  const { list, settle } = makeList();
  await settle(0, answer(2, 1));
  void list.reload();
  const newer = makeTask(1, { status: 'processing', updatedAt: '2026-11-20T16:00:00.000Z' });
  list.apply({ kind: 'task', task: newer });
  list.apply({ kind: 'deleted', id: makeTask(2).id });
  await settle(1, answer(2, 1));
  expect(list.items.value).toEqual([newer]);
});

it('many events that only the server understands – one request, without a word', async () => {
  const { list, requests, settle, ids } = makeList();
  await settle(0, answer(2, 1));
  for (let count = 0; count < 5; count += 1) list.apply({ kind: 'reset' });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(requests).toHaveLength(2);
  expect(list.isBusy.value).toBe(false);
  await settle(1, new Error('away'));
  expect(list.error.value).toBeUndefined();
  expect(ids()).toEqual([2, 1]);
});

it('the component is gone – nothing is asked any more', async () => {
  const { list, requests, settle } = makeList();
  await settle(0, answer(1));
  list.apply({ kind: 'reset' });
  scope.stop();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(requests).toHaveLength(1);
});
