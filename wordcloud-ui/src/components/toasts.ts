/** Short messages at the edge of the page. `AppToasts` shows them. */
import { type Ref, readonly, ref } from 'vue';

export interface ToastInput {
  text: string;
  /** Default `neutral`. `bad` interrupts a screen reader, the others wait. */
  tone?: 'neutral' | 'ok' | 'warn' | 'bad' | undefined;
  /** What can be done about it, as undoing; ends the toast. */
  action?: { label: string; run: () => void } | undefined;
  /** How long it stays, in milliseconds; default 6000, with an action 8000. It waits while it is pointed at or focused. */
  ms?: number | undefined;
}

export interface Toast extends ToastInput {
  id: number;
  tone: 'neutral' | 'ok' | 'warn' | 'bad';
  ms: number;
}

/** More would cover the page; the oldest goes. */
const MOST = 4;
const toasts = ref<Toast[]>([]);
let lastId = 0;

function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}

export function useToasts() {
  return {
    toasts: readonly(toasts) as Readonly<Ref<readonly Toast[]>>,
    /** @returns a function that takes it away */
    show({ text, tone = 'neutral', action, ms = action ? 8_000 : 6_000 }: ToastInput): () => void {
      lastId += 1;
      const id = lastId;
      // The same words twice say nothing more, and of what went well the latest says enough.
      const isSettled = (toast: Toast) =>
        !toast.action && !action && (toast.text === text || (toast.tone === 'ok' && tone === 'ok'));
      const others = toasts.value.filter((toast) => !isSettled(toast));
      toasts.value = [...others, { id, text, tone, action, ms }].slice(-MOST);
      return () => dismiss(id);
    },
    dismiss,
  };
}
