/** Objects as files in a folder: the embedded default. */
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ObjectNotFoundError, StorageUnavailableError } from './errors.ts';
import { checkKey, checkPrefix, type ObjectStore, readAll, type StoredObject } from './object-store.ts';

/** Unfinished uploads lie here, on the same file system, so that finishing one is a rename. No key can name it. */
const UNFINISHED = '.unfinished';

export async function openFolderStore(folder: string): Promise<ObjectStore> {
  const root = resolve(folder);
  const unfinished = join(root, UNFINISHED);
  try {
    await mkdir(unfinished, { recursive: true });
  } catch (cause) {
    throw new StorageUnavailableError(`The folder for objects, ${root}, cannot be made: ${(cause as Error).message}`, {
      cause,
    });
  }
  const pathOf = (key: string) => join(root, ...checkKey(key).split('/'));

  const get = async (key: string): Promise<StoredObject> => {
    const file = await open(pathOf(key), 'r').catch((cause: NodeJS.ErrnoException) => {
      throw cause.code === 'ENOENT' ? new ObjectNotFoundError(key, { cause }) : cause;
    });
    const { size, mtimeNs } = await file.stat({ bigint: true });
    const etag = `${mtimeNs.toString(36)}-${size.toString(36)}`;
    return { body: file.createReadStream(), bytes: Number(size), etag };
  };

  return {
    async put(key, body, { signal } = {}) {
      const path = pathOf(key);
      const temporary = join(unfinished, randomUUID());
      try {
        const file = await open(temporary, 'wx');
        const target = file.createWriteStream({ flush: true });
        const source = body instanceof Uint8Array ? Readable.from([body]) : body;
        await pipeline(source, target, ...(signal ? [{ signal }] : []));
        await moveInto(temporary, path);
        return { bytes: target.bytesWritten };
      } catch (error) {
        await rm(temporary, { force: true });
        throw signal?.aborted ? signal.reason : error;
      }
    },
    get,
    async getBytes(key, { maxBytes = Number.POSITIVE_INFINITY } = {}) {
      return readAll(key, await get(key), maxBytes);
    },
    async deletePrefix(prefix) {
      const path = join(root, ...checkPrefix(prefix).slice(0, -1).split('/'));
      await rm(path, { recursive: true, force: true });
      await removeEmptyParents(dirname(path), root);
    },
    async check() {
      await access(unfinished, constants.W_OK).catch((cause) => {
        throw new StorageUnavailableError(`The folder for objects, ${root}, cannot be written.`, { cause });
      });
    },
    close: async () => {},
  };
}

/** A parent folder may be removed by `deletePrefix` in the moment between making it and moving into it. */
async function moveInto(temporary: string, path: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    await mkdir(dirname(path), { recursive: true });
    try {
      return await rename(temporary, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || tries === 10) throw error;
    }
  }
}

async function removeEmptyParents(path: string, root: string): Promise<void> {
  for (let parent = path; parent !== root && parent.startsWith(root); parent = dirname(parent)) {
    const removed = await rmdir(parent).then(
      () => true,
      () => false,
    );
    if (!removed) return;
  }
}
