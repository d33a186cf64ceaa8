// @vitest-environment happy-dom
/** A cloud deleted from the list, and taken back. */
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { ApiError } from '@/api/api-error.ts';
import { mountOnPage } from '@/components/test-mount.ts';
import { useToasts } from '@/components/toasts.ts';
import { makeTask } from './task-fixture.ts';

const mocks = vi.hoisted(() => ({ deleteCloud: vi.fn<() => Promise<void>>(), retryCloud: vi.fn() }));
const tasks = [makeTask(2), makeTask(1)];
vi.mock('@/api/tasks.ts', () => ({
  ...mocks,
  getOptions: async () => ({ formats: ['png', 'webp'] }),
  listClouds: async () => ({ items: tasks, page: 1, pageSize: 24, total: tasks.length }),
}));
vi.mock('@/api/events.ts', () => ({ useTaskEvents: () => ({ on: () => () => {} }) }));
vi.mock('@/api/session.ts', () => ({ useSession: () => ({ $onAction() {} }) }));
vi.mock('./CloudThumbnail.vue', () => ({ default: { render: () => null } }));
const { default: CloudMenu } = await import('./CloudMenu.vue');
const { default: CloudsView } = await import('./CloudsView.vue');

const { toasts, dismiss } = useToasts();

beforeEach(() => {
  mocks.deleteCloud.mockReset().mockResolvedValue();
});
afterEach(async () => {
  for (const { id } of toasts.value) dismiss(id);
  await nextTick();
});

async function open() {
  const page = await mountOnPage(CloudsView, {}, '/clouds');
  const { wrapper } = page;
  return {
    ...page,
    titles: () => wrapper.findAll('[data-cloud]').map((link) => link.text()),
    async remove(index: number) {
      wrapper.findAllComponents(CloudMenu)[index]!.vm.$emit('remove');
      await flushPromises();
    },
    async undo() {
      const { id, action } = toasts.value.at(-1)!;
      dismiss(id);
      action!.run();
      await flushPromises();
    },
    async letToastsEnd() {
      for (const { id } of toasts.value) dismiss(id);
      await flushPromises();
    },
  };
}

it('deleted – gone at once and no more counted; the focus goes to the one in its place; sent when the offer is over', async () => {
  const { titles, remove, letToastsEnd, text } = await open();
  expect(titles()).toEqual(['text 2.txt', 'text 1.txt']);
  expect(text()).toContain('2 clouds');
  await remove(0);
  expect(titles()).toEqual(['text 1.txt']);
  expect(text()).toContain('One cloud');
  expect(document.activeElement?.textContent).toBe('text 1.txt');
  expect(mocks.deleteCloud).not.toHaveBeenCalled();
  await letToastsEnd();
  expect(mocks.deleteCloud.mock.calls).toEqual([[tasks[0]!.id, false]]);
  expect(titles()).toEqual(['text 1.txt']);
});

it('taken back – stands where it stood, and nothing is sent', async () => {
  const { titles, remove, undo } = await open();
  await remove(1);
  await undo();
  expect(titles()).toEqual(['text 2.txt', 'text 1.txt']);
  expect(mocks.deleteCloud).not.toHaveBeenCalled();
});

it('the last ones – leave the invitation to begin', async () => {
  const { remove, text } = await open();
  await remove(0);
  await remove(0);
  expect(text()).toContain('Your clouds will hang here');
});

it('a delete that fails – the cloud is back, with the reason', async () => {
  mocks.deleteCloud.mockRejectedValue(new ApiError({ status: 503, code: 'UNAVAILABLE', detail: '' }));
  const { titles, remove, letToastsEnd } = await open();
  await remove(0);
  await letToastsEnd();
  expect(titles()).toEqual(['text 2.txt', 'text 1.txt']);
  expect(toasts.value.at(-1)).toMatchObject({
    tone: 'bad',
    text: expect.stringContaining('“text 2.txt” could not be deleted and is back. A part of the system is away.'),
  });
});

it('formats – those that the server announces', async () => {
  const { wrapper } = await open();
  expect(wrapper.findComponent(CloudMenu).props('formats')).toEqual(['png', 'webp']);
});
