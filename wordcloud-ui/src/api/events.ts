/** What happens to the user's tasks, as it happens, in all tabs. */
import { defineStore } from 'pinia';
import { ref, watch } from 'vue';
import type { TaskEvent } from './event-lines.ts';
import { shareEvents } from './event-sharing.ts';
import { followEvents } from './event-stream.ts';
import { api } from './http.ts';
import { useReach } from './reach.ts';
import { useSession } from './session.ts';
import { waitOrWake } from './wait.ts';

export type { TaskEvent } from './event-lines.ts';

export const useTaskEvents = defineStore('task-events', () => {
  const session = useSession();
  /** Events come at once; else they are on their way, at the latest with the next `reset`. */
  const isLive = ref(false);
  const handlers = new Set<(event: TaskEvent) => void>();
  const channel = new BroadcastChannel('wordcloud-events');
  let end: (() => void) | undefined;

  function start(): void {
    const userId = session.user?.id;
    if (end !== undefined || userId === undefined) return;
    end = shareEvents({
      userId,
      locks: navigator.locks,
      channel,
      follow: (parts) => followEvents({ ...parts, open, wait: waitOrBack }),
      onEvent(event) {
        for (const handler of [...handlers]) handler(event);
      },
      onLive(value) {
        isLive.value = value;
      },
    });
  }

  function stop(): void {
    end?.();
    end = undefined;
  }

  return {
    isLive,
    /** Does nothing when it runs already, or when nobody is signed in. */
    start,
    stop,
    /** @returns a function that ends it */
    on(handler: (event: TaskEvent) => void): () => void {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
  };
});

const open = (lastId: string | undefined, signal: AbortSignal) =>
  api<Response>('GET', '/api/events', {
    raw: true,
    signal,
    headers: { accept: 'text/event-stream', ...(lastId !== undefined && { 'last-event-id': lastId }) },
  });

/** That the service is back is a reason to try at once, too. */
async function waitOrBack(ms: number, signal: AbortSignal): Promise<void> {
  const back = new AbortController();
  const stop = watch(useReach().isAway, (isAway) => !isAway && back.abort(), { flush: 'sync' });
  await waitOrWake(ms, AbortSignal.any([signal, back.signal]));
  stop();
}
