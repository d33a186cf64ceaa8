/** One cloud as it is now: loaded, and kept up to date by events, or by asking while those are away. */
import type { CloudOptionsInput, Task } from '@wordcloud/contracts';
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { isApiError } from '@/api/api-error.ts';
import { useTaskEvents } from '@/api/events.ts';
import { onBack } from '@/api/on-back.ts';
import { deleteCloud, getCloud, retryCloud } from '@/api/tasks.ts';
import { takeHanded } from './handover.ts';

/** Milliseconds between two questions while no events come. */
const ASK_MS = 2_000;

/** Is `next` at least as new as `now`? Answers and events may overtake each other. */
export const isNewer = (next: Task, now: Task | undefined): boolean =>
  now === undefined || next.id !== now.id || next.updatedAt >= now.updatedAt;

/** Must be called within a component, with which it ends. */
export function useCloud(id: () => string) {
  const events = useTaskEvents();
  const task = shallowRef<Task>();
  const error = shallowRef<unknown>();
  const isMissing = ref(false);
  /** Deleted somewhere else while it was being looked at. */
  const isGone = ref(false);
  const isBusy = ref(false);
  let isOver = false;

  function take(next: Task): void {
    if (next.id === id() && isNewer(next, task.value)) task.value = next;
  }

  async function load(): Promise<void> {
    const wanted = id();
    try {
      const loaded = await getCloud(wanted);
      if (isOver || wanted !== id()) return;
      error.value = undefined;
      take(loaded);
    } catch (reason) {
      if (isOver || wanted !== id()) return;
      // What is on the page stays there when a later question has no answer.
      if (isApiError(reason, 'NOT_FOUND', 'INVALID_INPUT')) isMissing.value = true;
      else if (task.value === undefined) error.value = reason;
    }
  }

  watch(
    id,
    (wanted) => {
      task.value = takeHanded(wanted);
      error.value = undefined;
      isMissing.value = isGone.value = false;
      void load();
    },
    { immediate: true },
  );

  const isWorking = computed(() => task.value?.status === 'waiting' || task.value?.status === 'processing');
  onScopeDispose(
    events.on((event) => {
      if (event.kind === 'task') take(event.task);
      else if (event.kind === 'reset') void load();
      else if (event.id === id() && !isBusy.value) isGone.value = true;
    }),
  );
  onBack(() => {
    if (error.value) void load();
  });
  const timer = setInterval(() => {
    if (isWorking.value && !events.isLive) void load();
  }, ASK_MS);
  onScopeDispose(() => {
    isOver = true;
    clearInterval(timer);
  });

  async function whileBusy(work: () => Promise<void>): Promise<void> {
    if (isBusy.value) return;
    isBusy.value = true;
    try {
      await work();
    } finally {
      isBusy.value = false;
    }
  }

  return {
    task,
    error,
    isMissing,
    isGone,
    isBusy,
    isWorking,
    isLive: computed(() => events.isLive),
    load,
    /** Makes it again with some options changed. @throws ApiError */
    redo: (options?: CloudOptionsInput) => whileBusy(async () => take(await retryCloud(id(), options))),
    /** For good; also stops what is being made. @throws ApiError */
    remove: () => whileBusy(() => deleteCloud(id())),
  };
}
