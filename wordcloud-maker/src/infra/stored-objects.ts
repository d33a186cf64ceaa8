/** The object store as the maker needs it. */
import type { ObjectStore } from '@wordcloud/storage';
import type { Objects } from '../domain/ports.ts';

export function createObjects(store: ObjectStore): Objects {
  return {
    read: (key, maxBytes, signal) => store.getBytes(key, { maxBytes, signal }),
    async write(key, bytes, contentType, signal) {
      await store.put(key, bytes, { contentType, signal });
    },
    async removeAll(prefix) {
      await store.deletePrefix(prefix);
    },
  };
}
