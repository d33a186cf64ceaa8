/** What every object store does, and which keys it takes. */
import type { Readable } from 'node:stream';
import { InvalidKeyError, ObjectTooLargeError } from './errors.ts';

export interface StoredObject {
  body: Readable;
  bytes: number;
  /** Changes whenever the object does. */
  etag: string;
}

export interface ObjectStore {
  /**
   * Stores an object, replacing one of the same key. A reader never sees half of it; when the body fails or the signal
   * aborts, nothing is left behind.
   */
  put(
    key: string,
    body: Readable | Uint8Array,
    options?: { contentType?: string; signal?: AbortSignal },
  ): Promise<{ bytes: number }>;
  /** @throws ObjectNotFoundError */
  get(key: string, options?: { signal?: AbortSignal }): Promise<StoredObject>;
  /** @throws ObjectNotFoundError, ObjectTooLargeError */
  getBytes(key: string, options?: { maxBytes?: number; signal?: AbortSignal }): Promise<Uint8Array>;
  /** Removes all objects whose key begins with the prefix, which ends with "/". Removing nothing is no error. */
  deletePrefix(prefix: string): Promise<void>;
  /** @throws StorageUnavailableError when objects cannot be kept now */
  check(): Promise<void>;
  close(): Promise<void>;
}

const KEY = /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/;

/** @throws InvalidKeyError */
export function checkKey(key: string): string {
  if (key.length > 512 || !KEY.test(key)) throw new InvalidKeyError(key);
  return key;
}

/** @throws InvalidKeyError */
export function checkPrefix(prefix: string): string {
  if (!prefix.endsWith('/')) throw new InvalidKeyError(prefix);
  checkKey(prefix.slice(0, -1));
  return prefix;
}

/** Reads a whole object, but no more than the caller can take. */
export async function readAll(key: string, { body, bytes }: StoredObject, maxBytes: number): Promise<Uint8Array> {
  if (bytes > maxBytes) {
    body.destroy();
    throw new ObjectTooLargeError(key, maxBytes);
  }
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
