/** What every object store does. */
import type { Readable } from 'node:stream';
import { ObjectTooLargeError } from './errors.ts';

export interface StoredObject {
  body: Readable;
  bytes: number;
  /** As given to `put`; a folder knows it only by the ending of the key (.png, .svg, .json, .csv, .txt). */
  contentType: string;
  /** Changes whenever the object does. Without quotes. */
  etag: string;
}

export interface PutOptions {
  /** Default application/octet-stream. */
  contentType?: string;
  signal?: AbortSignal;
}

export interface ObjectStore {
  /**
   * Stores an object, replacing one of the same key. A reader never sees half of it; when the body fails or the signal
   * aborts, that error is thrown, nothing is left behind, and an object that was there stays.
   *
   * @throws InvalidKeyError, StorageUnavailableError
   */
  put(key: string, body: Readable | Uint8Array, options?: PutOptions): Promise<{ bytes: number; etag: string }>;
  /**
   * The body must be read or destroyed.
   *
   * @throws ObjectNotFoundError, InvalidKeyError, StorageUnavailableError
   */
  get(key: string, options?: { signal?: AbortSignal }): Promise<StoredObject>;
  /** @throws ObjectNotFoundError, ObjectTooLargeError, InvalidKeyError, StorageUnavailableError */
  getBytes(key: string, options?: { maxBytes?: number; signal?: AbortSignal }): Promise<Uint8Array>;
  /**
   * Removes all objects whose key begins with the prefix, which ends with "/". Removing nothing is no error.
   *
   * @returns how many were removed
   * @throws InvalidKeyError, StorageUnavailableError
   */
  deletePrefix(prefix: string): Promise<number>;
  /** @throws StorageUnavailableError when objects cannot be kept now */
  check(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Reads a whole object, but no more than the caller can take.
 *
 * @throws ObjectTooLargeError
 */
export async function readAll(key: string, { body, bytes }: StoredObject, maxBytes: number): Promise<Uint8Array> {
  if (bytes > maxBytes) {
    body.destroy();
    throw new ObjectTooLargeError(key, maxBytes);
  }
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
