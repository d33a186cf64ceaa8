/** Objects as files in a folder: the embedded default. */
import { randomUUID } from 'node:crypto';
import { type BigIntStats, constants, createWriteStream } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { contentTypeOf } from './content-type.ts';
import { ObjectNotFoundError, StorageUnavailableError } from './errors.ts';
import { checkKey, checkPrefix } from './object-key.ts';
import { type ObjectStore, readAll, type StoredObject } from './object-store.ts';
import { openRootFolder, type RootFolder } from './root-folder.ts';

/** Against others that remove the same folders at the same moment. */
const MOST_TRIES = 100;

/**
 * @param now for finding uploads that a dead process left a day ago
 * @throws StorageUnavailableError when the folder cannot be made
 */
export async function openFolderStore(folder: string, now: () => number = Date.now): Promise<ObjectStore> {
  const inFolder = await openRootFolder(folder, now).catch((error) => {
    throw unavailable(`The folder for objects, ${folder}, cannot be made`, error);
  });
  const { root, unfinished, pathOf } = inFolder;

  const get = async (key: string, signal?: AbortSignal): Promise<StoredObject> => {
    const path = pathOf(checkKey(key));
    signal?.throwIfAborted();
    try {
      await inFolder.checkInside(dirname(path));
      const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
      const stats = await file.stat({ bigint: true });
      if (!stats.isFile()) {
        await file.close();
        throw new ObjectNotFoundError(key);
      }
      const body = file.createReadStream(signal ? { signal } : {});
      return { body, bytes: Number(stats.size), contentType: contentTypeOf(key), etag: etagOf(stats) };
    } catch (error) {
      throw translate(error, key);
    }
  };

  return {
    async put(key, body, { signal } = {}) {
      const path = pathOf(checkKey(key));
      const temporary = join(unfinished, randomUUID());
      const source = body instanceof Uint8Array ? Readable.from([body]) : body;
      // Not opened before: an error of the source must find the pipeline listening.
      const target = createWriteStream(temporary, { flags: 'wx', flush: true });
      let isWritten = false;
      try {
        await pipeline(source, target, signal ? { signal } : {});
        isWritten = true;
        const stats = await stat(temporary, { bigint: true });
        await moveInto(temporary, path, inFolder);
        return { bytes: Number(stats.size), etag: etagOf(stats) };
      } catch (error) {
        await rm(temporary, { force: true });
        if (signal?.aborted) throw signal.reason;
        throw isWritten || target.errored === error ? translate(error, key) : error;
      }
    },

    get: (key, { signal } = {}) => get(key, signal),

    async getBytes(key, { maxBytes = Number.POSITIVE_INFINITY, signal } = {}) {
      try {
        return await readAll(key, await get(key, signal), maxBytes);
      } catch (error) {
        throw signal?.aborted ? signal.reason : translate(error, key);
      }
    },

    async deletePrefix(prefix) {
      const path = pathOf(checkPrefix(prefix).slice(0, -1));
      try {
        await inFolder.checkInside(dirname(path));
        const removed = await removeFolder(path);
        await inFolder.removeEmptyParents(path);
        return removed;
      } catch (error) {
        if (isMissing(error)) return 0;
        throw translate(error, prefix);
      }
    },

    async check() {
      await access(unfinished, constants.W_OK).catch((error) => {
        throw unavailable(`The folder for objects, ${root}, cannot be written`, error);
      });
    },
    close: async () => {},
  };
}

/** A parent folder may be removed by `deletePrefix` in the moment between making it and moving into it. */
async function moveInto(temporary: string, path: string, inFolder: RootFolder): Promise<void> {
  const folder = dirname(path);
  for (let tries = 1; ; tries++) {
    try {
      await mkdir(folder, { recursive: true });
      await inFolder.checkInside(folder);
      return await rename(temporary, path);
    } catch (error) {
      if (!isMissing(error) || tries === MOST_TRIES) throw error;
    }
  }
}

/** An object may be stored while its folder is being removed; then the folder is not empty and is gone through again. */
async function removeFolder(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  await rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 10 });
  return entries.filter((entry) => !entry.isDirectory()).length;
}

/** Every `put` makes a new file, so even two within one tick of the clock differ. */
const etagOf = ({ ino, mtimeNs, size }: BigIntStats) => [ino, mtimeNs, size].map((part) => part.toString(36)).join('-');

const isMissing = (error: unknown) => ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

const unavailable = (what: string, cause: unknown) =>
  new StorageUnavailableError(`${what}: ${(cause as Error).message}`, { cause });

/** Errors of the file system in the words of this package. */
function translate(error: unknown, key: string): unknown {
  if ((error as NodeJS.ErrnoException).syscall === undefined) return error;
  if (isMissing(error)) return new ObjectNotFoundError(key, { cause: error });
  return unavailable(`The folder for objects cannot do this with "${key}"`, error);
}
