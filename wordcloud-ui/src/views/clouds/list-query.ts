/** What the list shows, as the address says it: `/clouds?q=tea&status=failed&page=2`. */
import type { TaskStatus } from '@wordcloud/contracts';
import type { LocationQuery, LocationQueryRaw } from 'vue-router';

/** In the order of the filter. Written out here: the list of the contracts would bring all schemas into the bundle. */
export const STATUSES = ['succeeded', 'processing', 'waiting', 'failed'] as const satisfies readonly TaskStatus[];

export interface ListQuery {
  /** From 1. */
  page: number;
  /** Undefined: all. */
  status: TaskStatus | undefined;
  /** Part of the title; empty: all. */
  q: string;
}

/** The longest that the API takes. */
export const LONGEST_SEARCH = 200;
const MOST_PAGES = 1_000_000;

/** Reads an address that a person may have changed by hand: what makes no sense counts as not given. */
export function readListQuery(query: LocationQuery): ListQuery {
  const page = Number(first(query.page));
  const status = STATUSES.find((one) => one === first(query.status));
  return {
    page: Number.isInteger(page) && page >= 1 && page <= MOST_PAGES ? page : 1,
    status,
    q: first(query.q).trim().slice(0, LONGEST_SEARCH),
  };
}

/** The query of an address, without what is the default. */
export function writeListQuery({ page, status, q }: ListQuery): LocationQueryRaw {
  const text = q.trim().slice(0, LONGEST_SEARCH);
  return {
    ...(text !== '' && { q: text }),
    ...(status !== undefined && { status }),
    ...(page > 1 && { page: String(page) }),
  };
}

/** Would the list show this task, on some page? The same rule as the server's. */
export function matchesQuery(task: { title: string; status: TaskStatus }, { status, q }: ListQuery): boolean {
  return (status === undefined || task.status === status) && task.title.toLowerCase().includes(q.toLowerCase());
}

function first(value: LocationQuery[string] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}
