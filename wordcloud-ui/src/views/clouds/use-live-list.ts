/** Events reach the list on the screen, and what ends in them is said for those who do not see it. */
import { onScopeDispose, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { type TaskEvent, useTaskEvents } from '../../api/events.ts';
import type { useCloudList } from './cloud-list.ts';

const NEWS = { succeeded: 'clouds.finished', failed: 'clouds.failedNow' } as const;

/** Must be called within a component, with which it ends. */
export function useLiveList(list: Pick<ReturnType<typeof useCloudList>, 'items' | 'apply'>) {
  const { t } = useI18n();
  const announcement = ref('');

  function follow(event: TaskEvent): void {
    if (event.kind === 'task') {
      const { id, status, title } = event.task;
      const before = list.items.value.find((item) => item.id === id)?.status;
      const isNews = before !== undefined && before !== status;
      if (isNews && (status === 'succeeded' || status === 'failed')) announcement.value = t(NEWS[status], { title });
    }
    list.apply(event);
  }

  onScopeDispose(useTaskEvents().on(follow));
  return { announcement };
}
