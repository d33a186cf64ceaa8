/** Gallery or table: the choice is remembered by the browser. */
import { type Ref, ref, watch } from 'vue';

export type ListLayout = 'gallery' | 'table';

/** The columns of the gallery: as many as fit. */
export const GRID = 'grid gap-5 grid-cols-[repeat(auto-fill,minmax(min(100%,17rem),1fr))]';

const KEY = 'wordcloud-clouds-layout';

/** @param storage is allowed to refuse, as in a private window */
export function useLayout(storage: Pick<Storage, 'getItem' | 'setItem'> = localStorage): Ref<ListLayout> {
  const layout = ref<ListLayout>(read(storage) === 'table' ? 'table' : 'gallery');
  watch(layout, (chosen) => {
    try {
      storage.setItem(KEY, chosen);
    } catch {
      // Then it holds until the page is left.
    }
  });
  return layout;
}

function read(storage: Pick<Storage, 'getItem'>): string | null {
  try {
    return storage.getItem(KEY);
  } catch {
    return null;
  }
}
