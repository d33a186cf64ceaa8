/** The object store as the bff needs it. */
import { ProblemError } from '@wordcloud/contracts';
import { ObjectNotFoundError, type ObjectStore, StorageUnavailableError } from '@wordcloud/storage';
import type { Objects } from '../domain/ports.ts';

export function createObjects(store: ObjectStore): Objects {
  return {
    write: (key, body, contentType, signal) => store.put(key, body, { contentType, signal }).catch(translate),
    read: (key, signal) => store.get(key, { signal }).catch(translate),
    async removeAll(prefix) {
      await store.deletePrefix(prefix).catch(translate);
    },
  };
}

function translate(error: unknown): never {
  if (error instanceof ObjectNotFoundError) {
    throw new ProblemError('NOT_FOUND', 'The file of this word cloud is gone.', { cause: error });
  }
  if (error instanceof StorageUnavailableError) {
    throw new ProblemError('UNAVAILABLE', 'The store for files is away.', { cause: error, retryAfterSeconds: 1 });
  }
  throw error;
}
