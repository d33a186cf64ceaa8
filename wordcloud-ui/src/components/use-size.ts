/** How large an element is, in pixels; 0 before it is there. */
import { onScopeDispose, type Ref, readonly, ref, type ShallowRef, watch } from 'vue';

export interface Size {
  /** Of its content, without padding. */
  width: Readonly<Ref<number>>;
  height: Readonly<Ref<number>>;
}

export function useSize(element: Readonly<ShallowRef<HTMLElement | null>>): Size {
  const [width, height] = [ref(0), ref(0)];
  const observer = new ResizeObserver(([entry]) => {
    if (!entry) return;
    width.value = entry.contentRect.width;
    height.value = entry.contentRect.height;
  });
  watch(
    element,
    (now) => {
      observer.disconnect();
      if (!now) return;
      // At once, since what depends on it would be seen to jump after the observer's first word.
      width.value = now.clientWidth;
      height.value = now.clientHeight;
      observer.observe(now);
    },
    { immediate: true },
  );
  onScopeDispose(() => observer.disconnect());
  return { width: readonly(width), height: readonly(height) };
}
