/** The rough picture of a cloud that is still being made: fetched with the token, kept until the real one is there. */
import type { Task } from '@wordcloud/contracts';
import { onScopeDispose, type Ref, shallowRef, watch } from 'vue';
import { fetchBlob } from '@/api/http.ts';

/**
 * Must be called within a component, with which it ends.
 *
 * @param isNeeded false once the real picture is there
 * @returns an object URL; undefined while there is none
 */
export function usePreview(task: Readonly<Ref<Task | undefined>>, isNeeded: () => boolean) {
  const url = shallowRef<string>();

  function show(blob: Blob | undefined): void {
    if (url.value) URL.revokeObjectURL(url.value);
    url.value = blob && URL.createObjectURL(blob);
  }

  watch([() => task.value?.id, isNeeded], ([id, needed], [before]) => {
    if (id !== before || !needed) show(undefined);
  });
  watch(
    () => (isNeeded() ? task.value?.preview : undefined),
    async (path, _before, onCleanup) => {
      // Over does not mean wrong: the last one stays until the picture takes its place.
      if (!path) return;
      const stop = new AbortController();
      onCleanup(() => stop.abort());
      // It may be gone before it is there; then the picture is ready.
      const blob = await fetchBlob(path, stop.signal).catch(() => undefined);
      if (blob && !stop.signal.aborted && isNeeded()) show(blob);
    },
    { immediate: true },
  );
  onScopeDispose(() => show(undefined));
  return url;
}
