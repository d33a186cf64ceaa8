/** Hands changes of tasks to those who listen for their owner: pages on the event stream, and uploads that wait. */
import type { TaskChange } from '@wordcloud/contracts';

export type ChangeListener = (change: TaskChange) => void;

export interface EventHub {
  publish(changes: readonly TaskChange[]): void;
  /** @returns a function that ends the subscription */
  subscribe(ownerId: string, listener: ChangeListener): () => void;
}

export function createEventHub(): EventHub {
  const listeners = new Map<string, Set<ChangeListener>>();
  return {
    publish(changes) {
      for (const change of changes) for (const listener of listeners.get(change.ownerId) ?? []) listener(change);
    },
    subscribe(ownerId, listener) {
      const own = listeners.get(ownerId) ?? new Set();
      listeners.set(ownerId, own.add(listener));
      return () => {
        own.delete(listener);
        if (own.size === 0) listeners.delete(ownerId);
      };
    },
  };
}
