/** The page of the list on the screen: loaded when what it shows changes, kept current by events. */
import type { Task } from '@wordcloud/contracts';
import { computed, onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue';
import type { ListQuery } from './list-query.ts';
import { type CloudPage, mergeEvent, type TaskListEvent } from './merge-event.ts';

export const PAGE_SIZE = 24;
/** Many events in a row lead to one request. */
const RELOAD_PAUSE_MS = 400;

export type ListPage = (
  query: { page: number; pageSize: number; status?: Task['status']; q?: string },
  signal: AbortSignal,
) => Promise<CloudPage>;

/**
 * Must be called within a component or an effect scope, with which it ends.
 *
 * @param query what to show; another one is loaded at once, while the old page stays on the screen
 * @param listPage asks the API
 */
export function useCloudList(query: Ref<ListQuery>, listPage: ListPage) {
  const page = shallowRef<CloudPage>({ items: [], total: 0 });
  const isLoaded = ref(false);
  /** Something else than what is on the screen was asked for and is on its way. */
  const isBusy = ref(true);
  const error = shallowRef<unknown>();
  let loading: AbortController | undefined;
  let pause: ReturnType<typeof setTimeout> | undefined;
  /** What happened while an answer was on its way that may not know of it. */
  let happened: TaskListEvent[] = [];

  /** @param isQuiet the page is there and only refreshed: a failure is not worth a word */
  async function load(isQuiet = false): Promise<void> {
    clearTimeout(pause);
    loading?.abort();
    const controller = new AbortController();
    loading = controller;
    happened = [];
    if (!isQuiet) isBusy.value = true;
    const wanted = query.value;
    try {
      const { page: number, status, q } = wanted;
      const answer = await listPage(
        { page: number, pageSize: PAGE_SIZE, ...(status && { status }), ...(q && { q }) },
        controller.signal,
      );
      if (controller.signal.aborted) return;
      page.value = happened.reduce((current, event) => mergeEvent(current, event, wanted, PAGE_SIZE).page, answer);
      isLoaded.value = true;
      error.value = undefined;
    } catch (reason) {
      if (controller.signal.aborted) return;
      if (!isQuiet) error.value = reason;
    }
    loading = undefined;
    isBusy.value = false;
  }

  function reloadSoon(): void {
    clearTimeout(pause);
    pause = setTimeout(() => void load(!isBusy.value), RELOAD_PAUSE_MS);
  }

  function apply(event: TaskListEvent): void {
    if (loading) happened.push(event);
    if (!isLoaded.value) return;
    const merged = mergeEvent(page.value, event, query.value, PAGE_SIZE);
    page.value = merged.page;
    if (merged.isStale) reloadSoon();
  }

  watch(query, () => void load(), { immediate: true });
  onScopeDispose(() => {
    clearTimeout(pause);
    loading?.abort();
  });

  return {
    items: computed(() => page.value.items),
    total: computed(() => page.value.total),
    isLoaded,
    isBusy,
    error,
    /** Loads again and says so. */
    reload: () => load(),
    reloadSoon,
    apply,
  };
}
