/** The object store as the maker needs it. */
import { ProblemError } from '@wordcloud/contracts';
import { ObjectNotFoundError, type ObjectStore, ObjectTooLargeError } from '@wordcloud/storage';
import type { Objects } from '../domain/ports.ts';

export function createObjects(store: ObjectStore): Objects {
  return {
    read: (key, maxBytes, signal) => store.getBytes(key, { maxBytes, signal }).catch(translate),
    find: (key, maxBytes, signal) =>
      store.getBytes(key, { maxBytes, signal }).catch((error: unknown) => {
        if (error instanceof ObjectNotFoundError) return undefined;
        return translate(error);
      }),
    async write(key, bytes, contentType, signal) {
      await store.put(key, bytes, { contentType, signal });
    },
    async removeAll(prefix) {
      await store.deletePrefix(prefix);
    },
  };
}

/** What is too large stays so: no repetition helps. */
function translate(error: unknown): never {
  if (error instanceof ObjectTooLargeError) throw new ProblemError('TOO_LARGE', error.message, { cause: error });
  throw error;
}
