// @vitest-environment happy-dom
/** Words that are taken out of a finished cloud, from the table of words to the next layout. */
import { flushPromises } from '@vue/test-utils';
import type { Task } from '@wordcloud/contracts';
import { beforeEach, expect, it, vi } from 'vitest';
import { ApiError } from '@/api/api-error.ts';
import { mountOnPage } from '@/components/test-mount.ts';
import { makeTask } from '../clouds/task-fixture.ts';
import { makeChoices } from './choices-fixture.ts';

const mocks = vi.hoisted(() => ({
  getCloud: vi.fn<() => Promise<Task>>(),
  retryCloud: vi.fn<(id: string, options: object) => Promise<Task>>(),
}));
vi.mock('@/api/tasks.ts', () => ({
  ...mocks,
  getOptions: async () => makeChoices(),
  getWords: async () =>
    ['captain', 'ship', 'sea'].map((word, i) => ({ word, count: 3 - i, pos: null, weight: 1 - i / 3, placed: true })),
}));
vi.mock('@/api/events.ts', () => ({ useTaskEvents: () => ({ on: () => () => {}, isLive: true }) }));
vi.mock('@/api/http.ts', async () => ({
  ...(await vi.importActual<object>('@/api/api-error.ts')),
  fetchText: async () => '<svg/>',
}));
// The picture needs a browser that draws: it is tested in one.
vi.mock('./CloudPicture.vue', () => ({ default: { render: () => null } }));
const { default: CloudView } = await import('./CloudView.vue');

const task = makeTask(1);
const made = { ...task, options: { ...task.options, stopwords: ['old'] } };

beforeEach(() => {
  mocks.getCloud.mockReset().mockResolvedValue(made);
  mocks.retryCloud.mockReset();
});

const open = () => mountOnPage(CloudView, {}, `/clouds/${task.id}`);

it('words removed – go with those of before into the next layout, and are not asked for again', async () => {
  const next = { ...made, status: 'waiting' as const, updatedAt: '2026-11-20T16:00:00.000Z' };
  mocks.retryCloud.mockResolvedValue(next);
  const { button, text, wrapper } = await open();
  expect(text()).not.toContain('Lay out again');
  await button('Remove this word: captain').trigger('click');
  await button('Remove this word: sea').trigger('click');
  expect(wrapper.get('[role=status]').text()).toBe('“sea” is marked as removed.');
  await button('Lay out again').trigger('click');
  expect(mocks.retryCloud.mock.calls).toEqual([[task.id, { stopwords: ['old', 'captain', 'sea'] }]]);
  await flushPromises();
  expect(text()).not.toContain('Lay out again');
  expect(text()).toContain('Waiting for a free maker');
});

it('a word taken back – is not left out; without any there is nothing to lay out', async () => {
  const { button, text } = await open();
  await button('Remove this word: captain').trigger('click');
  await button('Remove this word: ship').trigger('click');
  await button('Keep “captain” after all').trigger('click');
  mocks.retryCloud.mockResolvedValue(made);
  await button('Keep this word: ship').trigger('click');
  expect(text()).not.toContain('Lay out again');
  expect(mocks.retryCloud).not.toHaveBeenCalled();
});

it('a layout that is refused – the words stay marked', async () => {
  mocks.retryCloud.mockRejectedValue(new ApiError({ status: 503, code: 'UNAVAILABLE', detail: '' }));
  const { button } = await open();
  await button('Remove this word: captain').trigger('click');
  await button('Lay out again').trigger('click');
  await flushPromises();
  expect(button('Lay out again').attributes('disabled')).toBeUndefined();
  expect(button('Keep this word: captain').exists()).toBe(true);
});

it.each([
  { change: {}, words: 'Made Nov 20, 2026' },
  { change: { status: 'processing', finishedAt: null, image: null, stats: null }, words: 'Begun Nov 20, 2026' },
  { change: { status: 'failed', image: null, stats: null }, words: 'Failed Nov 20, 2026' },
] as const)('when – is said as it is: $words', async ({ change, words }) => {
  mocks.getCloud.mockResolvedValue({ ...made, ...change });
  const { text } = await open();
  expect(text()).toContain(words);
});

it('an outline by an own image – no shape is offered that would change nothing', async () => {
  const plain = await open();
  expect(plain.button('Heart').exists()).toBe(true);
  plain.wrapper.unmount();
  mocks.getCloud.mockResolvedValue({ ...made, hasMask: true } as Task);
  const { button, text } = await open();
  expect(() => button('Heart')).toThrow('no button');
  expect(text()).toContain('Your own image decides the outline');
  expect(button('Ocean').exists()).toBe(true);
});
