/** What a person does with a cloud of the list: make it again, delete it. */
import type { CloudOptionsInput, Task } from '@wordcloud/contracts';
import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { retryCloud } from '../../api/tasks.ts';
import { errorSentence } from '../../components/error-words.ts';
import { useToasts } from '../../components/toasts.ts';
import type { TaskListEvent } from './merge-event.ts';
import { usePendingDeletes } from './pending-deletes.ts';

/** @param apply merges what the server answered into the list */
export function useCloudActions(apply: (event: TaskListEvent) => void) {
  const { t, te } = useI18n();
  const toasts = useToasts();
  const deletes = usePendingDeletes();
  const retrying = ref(new Set<string>());

  async function retry(task: Task, options?: CloudOptionsInput): Promise<void> {
    if (retrying.value.has(task.id)) return;
    retrying.value.add(task.id);
    try {
      apply({ kind: 'task', task: await retryCloud(task.id, options) });
    } catch (error) {
      toasts.show({ tone: 'bad', text: errorSentence(error, { t, te }) });
    } finally {
      retrying.value.delete(task.id);
    }
  }

  function remove({ id, title }: Task): void {
    const words = {
      deleted: t('clouds.deleted', { title }),
      undo: t('clouds.undo'),
      tooLate: t('clouds.undoTooLate', { title }),
    };
    deletes.remove(id, words, (error) => {
      const text = `${t('clouds.deleteFailed', { title })} ${errorSentence(error, { t, te })}`;
      toasts.show({ tone: 'bad', text });
    });
  }

  return {
    isHidden: (id: string) => deletes.hidden.has(id),
    isRetrying: (id: string) => retrying.value.has(id),
    retry,
    remove,
  };
}
