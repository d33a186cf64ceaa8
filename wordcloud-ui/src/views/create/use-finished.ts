/** The picture and the words of a finished cloud, loaded anew for every layout; the last ones stay while the next is made. */
import type { Task, WordRow } from '@wordcloud/contracts';
import { computed, type Ref, shallowRef, watch } from 'vue';
import { fetchText } from '@/api/http.ts';
import { onBack } from '@/api/on-back.ts';
import { getWords } from '@/api/tasks.ts';

/** Must be called within a component. */
export function useFinished(task: Readonly<Ref<Task | undefined>>) {
  const svg = shallowRef<string>();
  const rows = shallowRef<WordRow[]>();
  const error = shallowRef<unknown>();
  const rowOf = computed<ReadonlyMap<string, WordRow>>(() => new Map(rows.value?.map((row) => [row.word, row])));
  /** Another one is another picture behind the same path. */
  const version = computed(() => {
    const { id, image, finishedAt } = task.value ?? {};
    return image ? `${id} ${finishedAt}` : undefined;
  });

  async function load(signal?: AbortSignal): Promise<void> {
    const now = task.value;
    if (!now?.image) return;
    error.value = undefined;
    const [picture, words] = await Promise.allSettled([
      fetchText(now.image.svg, 'image/svg+xml', signal),
      getWords(now.id, signal),
    ]);
    if (signal?.aborted) return;
    if (picture.status === 'fulfilled') svg.value = picture.value;
    if (words.status === 'fulfilled') rows.value = words.value.toSorted((a, b) => b.weight - a.weight);
    error.value = [picture, words].find((result) => result.status === 'rejected')?.reason;
  }

  watch(
    () => task.value?.id,
    () => {
      svg.value = rows.value = undefined;
    },
  );
  watch(
    version,
    (_now, _before, onCleanup) => {
      const stop = new AbortController();
      onCleanup(() => stop.abort());
      void load(stop.signal);
    },
    { immediate: true },
  );

  onBack(() => {
    if (error.value) void load();
  });

  return { svg, rows, rowOf, error, load: () => load() };
}
