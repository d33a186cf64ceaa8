/** How wide an element is, in pixels; 0 before it is there. */
import { onScopeDispose, type Ref, readonly, ref, type ShallowRef, watch } from 'vue';

export function useWidth(element: Readonly<ShallowRef<HTMLElement | null>>): Readonly<Ref<number>> {
  const width = ref(0);
  const observer = new ResizeObserver(([entry]) => {
    if (entry) width.value = entry.contentRect.width;
  });
  watch(
    element,
    (now) => {
      observer.disconnect();
      if (!now) return;
      // At once, since what depends on it would be seen to jump after the observer's first word.
      width.value = now.clientWidth;
      observer.observe(now);
    },
    { immediate: true },
  );
  onScopeDispose(() => observer.disconnect());
  return readonly(width);
}
