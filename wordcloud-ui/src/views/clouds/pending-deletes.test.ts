// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';

const deleteCloud = vi.hoisted(() => vi.fn<(id: string, isLast?: boolean) => Promise<void>>());
vi.mock('../../api/tasks.ts', () => ({ deleteCloud }));
vi.mock('../../api/access.ts', async () => {
  const grant = { accessToken: 'token', expiresAt: Number.MAX_SAFE_INTEGER, user: {} };
  const access = { grant, onChange: () => () => {}, logOut: async () => {} };
  return { useAccess: () => access };
});
const { ApiError } = await import('../../api/http.ts');
const { useSession } = await import('../../api/session.ts');
const { useToasts } = await import('../../components/toasts.ts');
const { usePendingDeletes } = await import('./pending-deletes.ts');

const WORDS = { deleted: 'Deleted.', undo: 'Undo', tooLate: 'Too late.' };
const refused = (status: number, code: string) => new ApiError({ status, code, detail: '' });
const { toasts, dismiss } = useToasts();
const texts = () => toasts.value.map(({ text }) => text);

/** What the toast's button does, and what its end does. */
async function undo(index: number) {
  const { id, action } = toasts.value[index]!;
  dismiss(id);
  action!.run();
  await nextTick();
}
async function end(index: number) {
  dismiss(toasts.value[index]!.id);
  await nextTick();
  await Promise.resolve();
}

beforeEach(() => {
  deleteCloud.mockReset().mockResolvedValue();
  setActivePinia(createPinia());
});
afterEach(async () => {
  // Whatever a test has left behind is sent to its own mocks, not to those of the next one.
  dispatchEvent(new Event('pagehide'));
  while (toasts.value.length > 0) await end(0);
});

it('hides at once, sends when the offer to undo is over', async () => {
  const deletes = usePendingDeletes();
  deletes.remove('a', WORDS, () => {});
  await nextTick();
  expect(deletes.hidden).toContain('a');
  expect(toasts.value).toMatchObject([{ text: 'Deleted.', action: { label: 'Undo' }, ms: 6_000 }]);
  expect(deleteCloud).not.toHaveBeenCalled();
  await end(0);
  expect(deleteCloud.mock.calls).toEqual([['a', false]]);
  expect(deletes.hidden).toContain('a');
});

it('undone – is shown again and never sent', async () => {
  const deletes = usePendingDeletes();
  deletes.remove('a', WORDS, () => {});
  await undo(0);
  expect(deletes.hidden).not.toContain('a');
  dispatchEvent(new Event('pagehide'));
  expect(deleteCloud).not.toHaveBeenCalled();
});

it('several – each has its own end', async () => {
  const deletes = usePendingDeletes();
  deletes.remove('a', WORDS, () => {});
  deletes.remove('b', WORDS, () => {});
  deletes.remove('c', WORDS, () => {});
  await undo(1);
  expect(deleteCloud).not.toHaveBeenCalled();
  await end(1);
  expect(deleteCloud.mock.calls).toEqual([['c', false]]);
  expect([...deletes.hidden]).toEqual(['a', 'c']);
});

it('deleted again before it is sent – is one delete', async () => {
  const deletes = usePendingDeletes();
  deletes.remove('a', WORDS, () => {});
  deletes.remove('a', WORDS, () => {});
  expect(toasts.value).toHaveLength(1);
});

it('undone, then deleted again – is sent once', async () => {
  const deletes = usePendingDeletes();
  deletes.remove('a', WORDS, () => {});
  await undo(0);
  deletes.remove('a', WORDS, () => {});
  await end(0);
  expect(deleteCloud.mock.calls).toEqual([['a', false]]);
});

it('a delete that fails – the cloud is back, and whoever deleted it hears why', async () => {
  const deletes = usePendingDeletes();
  const failure = refused(503, 'UNAVAILABLE');
  deleteCloud.mockRejectedValue(failure);
  const onFailed = vi.fn();
  deletes.remove('a', WORDS, onFailed);
  await end(0);
  await vi.waitFor(() => expect(onFailed).toHaveBeenCalledWith(failure));
  expect(deletes.hidden).not.toContain('a');
});

it('deleted elsewhere meanwhile – is no failure', async () => {
  const deletes = usePendingDeletes();
  deleteCloud.mockRejectedValue(refused(404, 'NOT_FOUND'));
  const onFailed = vi.fn();
  deletes.remove('a', WORDS, onFailed);
  await end(0);
  await vi.waitFor(() => expect(deleteCloud.mock.settledResults).toHaveLength(1));
  await nextTick();
  expect(onFailed).not.toHaveBeenCalled();
  expect(deletes.hidden).toContain('a');
});

it('the page is left – sent at once, outliving the page, only once, and then it is too late to undo', async () => {
  const deletes = usePendingDeletes();
  deletes.remove('a', WORDS, () => {});
  dispatchEvent(new Event('pagehide'));
  expect(deleteCloud.mock.calls).toEqual([['a', true]]);
  // The browser keeps the page and shows it again.
  await undo(0);
  expect(texts()).toEqual(['Too late.']);
  expect(deletes.hidden).toContain('a');
  expect(deleteCloud).toHaveBeenCalledTimes(1);
});

it('signing out – sent before, for afterwards nobody may', async () => {
  const deletes = usePendingDeletes();
  const seen: string[][] = [];
  useSession().$onAction(({ after }) => after(() => seen.push(...(deleteCloud.mock.calls as string[][]))));
  deletes.remove('a', WORDS, () => {});
  await useSession().logOut();
  expect(seen).toEqual([['a', false]]);
});
