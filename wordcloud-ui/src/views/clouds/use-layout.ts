/** Gallery or table: the choice is remembered by the browser. */
import { type Ref, ref, watch } from 'vue';
import { recall, remember } from '@/storage.ts';

export type ListLayout = 'gallery' | 'table';

/** The columns of the gallery: as many as fit. */
export const GRID = 'grid gap-5 grid-cols-[repeat(auto-fill,minmax(min(100%,17rem),1fr))]';

const KEY = 'wordcloud-clouds-layout';

export function useLayout(): Ref<ListLayout> {
  const layout = ref<ListLayout>(recall(KEY) === 'table' ? 'table' : 'gallery');
  watch(layout, (chosen) => remember(KEY, chosen));
  return layout;
}
