/** The sessions that ended while access tokens of theirs may still be about. A log-out elsewhere arrives here by feed. */
import type { Revocation } from '@wordcloud/contracts';

export interface RevocationList {
  add(entries: readonly Pick<Revocation, 'sessionId' | 'expiresAt'>[]): void;
  has(sessionId: string): boolean;
  /** Calls back when the session ends. @returns a function that forgets the listener */
  onRevoked(sessionId: string, listener: () => void): () => void;
}

export function createRevocationList(now: () => number): RevocationList {
  const endsAt = new Map<string, number>();
  const listeners = new Map<string, Set<() => void>>();

  const forgetExpired = () => {
    for (const [sessionId, expiresAt] of endsAt) if (expiresAt < now()) endsAt.delete(sessionId);
  };

  return {
    add(entries) {
      forgetExpired();
      for (const { sessionId, expiresAt } of entries) {
        endsAt.set(sessionId, expiresAt);
        for (const listener of listeners.get(sessionId) ?? []) listener();
      }
    },
    has: (sessionId) => endsAt.has(sessionId),
    onRevoked(sessionId, listener) {
      const own = listeners.get(sessionId) ?? new Set();
      listeners.set(sessionId, own.add(listener));
      return () => {
        own.delete(listener);
        if (own.size === 0) listeners.delete(sessionId);
      };
    },
  };
}
