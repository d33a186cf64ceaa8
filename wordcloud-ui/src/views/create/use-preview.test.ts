// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils';
import type { Task } from '@wordcloud/contracts';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { effectScope, ref, shallowRef } from 'vue';
import { ApiError } from '@/api/api-error.ts';
import { makeTask } from '../clouds/task-fixture.ts';

const fetchBlob = vi.hoisted(() => vi.fn<(path: string, signal: AbortSignal) => Promise<Blob>>());
vi.mock('@/api/http.ts', () => ({ fetchBlob }));
const { usePreview } = await import('./use-preview.ts');

const given: string[] = [];
vi.spyOn(URL, 'createObjectURL').mockImplementation(() => `blob:${given.length}`);
vi.spyOn(URL, 'revokeObjectURL').mockImplementation((url) => void given.push(url));

beforeEach(() => {
  fetchBlob.mockReset().mockResolvedValue(new Blob());
  given.length = 0;
});

function start() {
  const task = shallowRef<Task | undefined>(makeTask(1, { status: 'processing' }));
  const isNeeded = ref(true);
  const scope = effectScope();
  const url = scope.run(() => usePreview(task, () => isNeeded.value))!;
  onTestFinished(() => scope.stop());
  return { task, isNeeded, url, scope };
}
const PATH = '/api/wordclouds/1/preview.png';

it('a preview – is shown from when the server has it until the real picture is there', async () => {
  const { task, isNeeded, url } = start();
  await flushPromises();
  expect([url.value, fetchBlob.mock.calls.length]).toEqual([undefined, 0]);
  task.value = { ...task.value!, preview: PATH };
  await flushPromises();
  expect(fetchBlob.mock.calls[0]![0]).toBe(PATH);
  expect(url.value).toBe('blob:0');
  // Finished, but the picture is still being fetched.
  task.value = makeTask(1);
  await flushPromises();
  expect(url.value).toBe('blob:0');
  isNeeded.value = false;
  await flushPromises();
  expect(url.value).toBeUndefined();
  expect(given).toEqual(['blob:0']);
});

it('one that is over before it was fetched – is no error', async () => {
  fetchBlob.mockRejectedValue(new ApiError({ status: 404, code: 'NOT_FOUND', detail: '' }));
  const { task, url } = start();
  task.value = { ...task.value!, preview: PATH };
  await flushPromises();
  expect(url.value).toBeUndefined();
});

it('another cloud, or the end of the page – gives it back', async () => {
  const { task, url, scope } = start();
  task.value = { ...task.value!, preview: PATH };
  await flushPromises();
  task.value = makeTask(2);
  await flushPromises();
  expect(url.value).toBeUndefined();
  task.value = { ...makeTask(2), preview: '/api/wordclouds/2/preview.png' };
  await flushPromises();
  expect(url.value).toBe('blob:1');
  scope.stop();
  expect(given).toEqual(['blob:0', 'blob:1']);
});
