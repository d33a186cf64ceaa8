import type { Task } from '@wordcloud/contracts';
import { describe, expect, it } from 'vitest';
import type { ListQuery } from './list-query.ts';
import { mergeEvent } from './merge-event.ts';
import { makeTask } from './task-fixture.ts';

const SIZE = 3;
const all: ListQuery = { page: 1, status: undefined, q: '' };
const page = (...numbers: number[]) => ({ items: numbers.map((number) => makeTask(number)), total: 10 });
const merge = (before: ReturnType<typeof page>, task: Task, query = all) => {
  const { page: after, isStale } = mergeEvent(before, { kind: 'task', task }, query, SIZE);
  return { ids: after.items.map(({ id }) => Number(id.slice(-12))), after, isStale };
};

describe('a task that is on the page', () => {
  it('takes its place in its new state', () => {
    const task = makeTask(2, { status: 'processing', updatedAt: '2026-11-20T16:00:00.000Z' });
    const { after, ids, isStale } = merge(page(3, 2, 1), task);
    expect(ids).toEqual([3, 2, 1]);
    expect(after.items[1]).toBe(task);
    expect(isStale).toBe(false);
  });

  it('does not go back to an older state', () => {
    const before = page(3, 2, 1);
    const { after } = merge(before, makeTask(2, { status: 'waiting', updatedAt: '2026-11-20T14:00:00.000Z' }));
    expect(after).toBe(before);
  });

  it('leaves when the filter does not fit any more, and the page is filled up', () => {
    const query: ListQuery = { ...all, status: 'succeeded' };
    const { ids, after, isStale } = merge(page(3, 2, 1), makeTask(2, { status: 'waiting' }), query);
    expect(ids).toEqual([3, 1]);
    expect(after.total).toBe(9);
    expect(isStale).toBe(true);
  });
});

describe('a task that is not on the page', () => {
  it('new: comes first, and the last moves on to the next page', () => {
    const { ids, after, isStale } = merge(page(3, 2, 1), makeTask(4));
    expect(ids).toEqual([4, 3, 2]);
    expect(after.total).toBe(11);
    expect(isStale).toBe(false);
  });

  it('into an empty list', () => {
    expect(merge({ items: [], total: 0 }, makeTask(1)).after).toMatchObject({ items: [{}], total: 1 });
  });

  it('between two: where its age puts it', () => {
    expect(merge(page(5, 2), makeTask(3)).ids).toEqual([5, 3, 2]);
  });

  it.each([
    { why: 'another title is searched', query: { ...all, q: 'poem' } },
    { why: 'another status is shown', query: { ...all, status: 'failed' as const } },
  ])('$why – stays away', ({ query }) => {
    const before = page(3);
    expect(merge(before, makeTask(4), query)).toMatchObject({ after: before, isStale: false });
  });

  it('a search takes no notice of case', () => {
    expect(merge(page(), makeTask(4, { title: 'A Poem' }), { ...all, q: 'poem' }).ids).toEqual([4]);
  });

  it('on a later page: nothing to do, but for the total of a filter', () => {
    const before = page(5, 4, 3);
    expect(merge(before, makeTask(1))).toMatchObject({ after: before, isStale: false });
    expect(merge(before, makeTask(1), { ...all, status: 'succeeded' }).isStale).toBe(true);
  });

  it('on an earlier page: only a new one moves the others', () => {
    const second: ListQuery = { ...all, page: 2 };
    const before = page(3, 2, 1);
    expect(merge(before, makeTask(9), second)).toMatchObject({ after: before, isStale: false });
    expect(merge(before, makeTask(9, { status: 'waiting' }), second)).toMatchObject({ after: before, isStale: true });
  });
});

it('deleted: is gone, and the page is filled up', () => {
  const before = page(3, 2, 1);
  const { page: after, isStale } = mergeEvent(before, { kind: 'deleted', id: before.items[1]!.id }, all, SIZE);
  expect(after.items).toEqual([before.items[0], before.items[2]]);
  expect(after.total).toBe(9);
  expect(isStale).toBe(true);
});

it('reset: everything may have changed', () => {
  const before = page(3);
  expect(mergeEvent(before, { kind: 'reset' }, all, SIZE)).toEqual({ page: before, isStale: true });
});
