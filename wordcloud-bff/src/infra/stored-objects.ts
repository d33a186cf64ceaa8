/** The object store as the bff needs it. */
import { ProblemError } from '@wordcloud/contracts';
import { ObjectNotFoundError, type ObjectStore } from '@wordcloud/storage';
import type { Objects } from '../domain/ports.ts';

export function createObjects(store: ObjectStore): Objects {
  return {
    write: (key, body, contentType, signal) => store.put(key, body, { contentType, signal }),
    read: (key, signal) => store.get(key, { signal }).catch(translate),
    async removeAll(prefix) {
      await store.deletePrefix(prefix);
    },
  };
}

function translate(error: unknown): never {
  if (error instanceof ObjectNotFoundError) {
    throw new ProblemError('NOT_FOUND', 'The file of this word cloud is gone.', { cause: error });
  }
  throw error;
}
