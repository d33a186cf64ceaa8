/**
 * Deletes that can be undone: the cloud is only hidden as long as the toast that offers to undo it is there. The request
 * goes out when the toast goes, and at once when it would be too late otherwise: the page is left, the person signs out.
 */
import { defineStore } from 'pinia';
import { ref, watch } from 'vue';
import { isApiError } from '../../api/http.ts';
import { useSession } from '../../api/session.ts';
import { deleteCloud } from '../../api/tasks.ts';
import { useToasts } from '../../components/toasts.ts';

/** The toast waits longer while it is pointed at or focused. */
const UNDO_MS = 6_000;

export interface DeleteWords {
  /** It is gone. */
  deleted: string;
  undo: string;
  /** It cannot be undone any more. */
  tooLate: string;
}

type OnFailed = (error: unknown) => void;

export const usePendingDeletes = defineStore('pending-deletes', () => {
  const { show, toasts } = useToasts();
  /** Ids that no list shows: about to be deleted, or deleted. */
  const hidden = ref(new Set<string>());
  const pending = new Map<string, OnFailed>();

  async function send(id: string, isLast = false): Promise<void> {
    const onFailed = pending.get(id);
    if (!pending.delete(id)) return;
    try {
      await deleteCloud(id, isLast);
    } catch (error) {
      // Another tab was faster.
      if (isApiError(error, 'NOT_FOUND')) return;
      hidden.value.delete(id);
      onFailed?.(error);
    }
  }

  function sendAll(isLast: boolean): void {
    for (const id of [...pending.keys()]) void send(id, isLast);
  }

  /** @param onFailed it is still there, and shown again */
  function remove(id: string, words: DeleteWords, onFailed: OnFailed): void {
    if (pending.has(id)) return;
    hidden.value.add(id);
    pending.set(id, onFailed);
    show({ text: words.deleted, action: { label: words.undo, run: () => undo(id, words.tooLate) }, ms: UNDO_MS });
    const toastId = toasts.value.at(-1)?.id;
    const stop = watch(toasts, (shown) => {
      if (shown.some((toast) => toast.id === toastId)) return;
      stop();
      void send(id);
    });
  }

  function undo(id: string, tooLate: string): void {
    if (pending.delete(id)) hidden.value.delete(id);
    else show({ text: tooLate });
  }

  // The store lives as long as the page, so nothing of this is ever taken away.
  addEventListener('pagehide', () => sendAll(true));
  // The log-out ends the token that the deletes need.
  useSession().$onAction(({ name }) => {
    if (name === 'logOut') sendAll(false);
  });

  return { hidden, remove };
});
