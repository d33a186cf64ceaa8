/** Merges what happens to tasks into the page of the list that is on the screen. Pure. */
import type { Task } from '@wordcloud/contracts';
import { type ListQuery, matchesQuery } from './list-query.ts';

export type TaskListEvent = { kind: 'task'; task: Task } | { kind: 'deleted'; id: string } | { kind: 'reset' };

/** One page of the list, newest first. */
export interface CloudPage {
  items: Task[];
  /** Over all pages. */
  total: number;
}

export interface Merged {
  page: CloudPage;
  /** The event changes what only the server knows, such as who moves up from the next page: load again. */
  isStale: boolean;
}

export function mergeEvent(page: CloudPage, event: TaskListEvent, query: ListQuery, pageSize: number): Merged {
  if (event.kind === 'reset') return { page, isStale: true };
  if (event.kind === 'deleted') return { page: without(page, event.id), isStale: true };
  const { task } = event;
  const known = page.items.find(({ id }) => id === task.id);
  if (known === undefined) return insert(page, task, query, pageSize);
  // Two ways lead here (events, answers), and the slower one must not turn the clock back.
  if (task.updatedAt < known.updatedAt) return { page, isStale: false };
  if (!matchesQuery(task, query)) return { page: without(page, task.id), isStale: true };
  return { page: { ...page, items: page.items.map((item) => (item === known ? task : item)) }, isStale: false };
}

function insert(page: CloudPage, task: Task, query: ListQuery, pageSize: number): Merged {
  if (!matchesQuery(task, query)) return { page, isStale: false };
  const [first, last] = [page.items[0], page.items.at(-1)];
  const isNewest = first === undefined || isNewer(task, first);
  if (isNewest && query.page > 1) {
    // It stands on a page before this one and pushes the others on only when it is new there.
    return { page, isStale: task.status === 'waiting' || query.status !== undefined };
  }
  const isFull = page.items.length >= pageSize;
  // On a page after this one: it concerns this page only when it has come into the filter, for the total.
  if (isFull && last !== undefined && isNewer(last, task)) return { page, isStale: query.status !== undefined };
  const items = [...page.items, task].sort((a, b) => (isNewer(a, b) ? -1 : 1)).slice(0, pageSize);
  return { page: { items, total: page.total + 1 }, isStale: false };
}

function without(page: CloudPage, id: string): CloudPage {
  const items = page.items.filter((item) => item.id !== id);
  return items.length === page.items.length ? page : { items, total: page.total - 1 };
}

function isNewer(a: Task, b: Task): boolean {
  return a.createdAt === b.createdAt ? a.id > b.id : a.createdAt > b.createdAt;
}
