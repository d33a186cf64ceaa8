/** The latest tasks of the user, kept up to date; also those that are deleted meanwhile. */
import type { Task } from '@wordcloud/contracts';
import { computed, onMounted, onScopeDispose, shallowRef } from 'vue';
import { useTaskEvents } from '@/api/events.ts';
import { listClouds } from '@/api/tasks.ts';
import { keepLatest } from './waterfall.ts';

export const LATEST = 5;

export function useTrace() {
  const finished = shallowRef<readonly Task[]>([]);
  const running = shallowRef<Task>();

  function take(task: Task): void {
    if (task.stats !== null) finished.value = keepLatest(finished.value, task, LATEST);
    const isOver = task.status === 'succeeded' || task.status === 'failed';
    if (!isOver) running.value = task;
    else if (running.value?.id === task.id) running.value = undefined;
  }

  async function load(): Promise<void> {
    // Not to have them is no reason to disturb: events bring the next ones.
    const page = await listClouds({ page: 1, pageSize: LATEST, status: 'succeeded' }).catch(() => undefined);
    for (const task of page?.items.toReversed() ?? []) take(task);
  }

  const end = useTaskEvents().on((event) => {
    if (event.kind === 'task') take(event.task);
    else if (event.kind === 'deleted' && event.id === running.value?.id) running.value = undefined;
  });
  onMounted(load);
  onScopeDispose(end);
  return { finished: computed(() => finished.value), running: computed(() => running.value) };
}
