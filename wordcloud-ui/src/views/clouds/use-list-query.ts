/** Search, status and page in the address: links, reload and the back button work. */
import type { TaskStatus } from '@wordcloud/contracts';
import { computed, onScopeDispose, ref, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { type ListQuery, readListQuery, writeListQuery } from './list-query.ts';

const TYPING_PAUSE_MS = 300;

/** Must be called within the component of a route; the address of another route is left alone. */
export function useListQuery() {
  const route = useRoute();
  const router = useRouter();
  const { path } = route;
  const query = ref<ListQuery>(readListQuery(route.query));
  const searchText = ref(query.value.q);
  let typing: ReturnType<typeof setTimeout> | undefined;

  function go(change: Partial<ListQuery>, how: 'push' | 'replace' = 'push'): void {
    void router[how]({ path, query: writeListQuery({ ...query.value, ...change }) });
  }

  watch(
    () => route.fullPath,
    () => {
      if (route.path !== path) return;
      const next = readListQuery(route.query);
      // Somebody who is typing is ahead of the address; only a change from elsewhere, such as back, is taken over.
      if (next.q !== query.value.q && next.q !== searchText.value.trim()) searchText.value = next.q;
      query.value = next;
    },
  );
  watch(searchText, (text) => {
    clearTimeout(typing);
    if (text.trim() === query.value.q) return;
    typing = setTimeout(() => go({ q: text.trim(), page: 1 }, 'replace'), TYPING_PAUSE_MS);
  });
  onScopeDispose(() => clearTimeout(typing));

  return {
    query,
    searchText,
    page: computed({ get: () => query.value.page, set: (page: number) => go({ page }) }),
    status: computed({
      get: () => query.value.status,
      set: (status: TaskStatus | undefined) => go({ status, page: 1 }),
    }),
    /** Without search and filter. */
    showAll: () => go({ q: '', status: undefined, page: 1 }),
    /** The page asked for does not exist any more. */
    goToLastPage: (page: number) => go({ page }, 'replace'),
  };
}
