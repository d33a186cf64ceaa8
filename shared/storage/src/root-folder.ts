/** The folder of a store: paths in it, none of which a symbolic link leads elsewhere. */
import { mkdir, readdir, realpath, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { StorageUnavailableError } from './errors.ts';

/** Unfinished uploads lie here, on the same file system, so that finishing one is a rename. No key has a "~". */
const UNFINISHED = '~unfinished';

/** An upload that has not been written to for so long was left by a process that died. */
const FORGOTTEN_MS = 24 * 60 * 60 * 1000;

export interface RootFolder {
  readonly root: string;
  readonly unfinished: string;
  /** The path of a checked key or prefix. */
  pathOf(key: string): string;
  /** @throws StorageUnavailableError when a link leads out of the folder; ENOENT when it is missing */
  checkInside(folder: string): Promise<void>;
  removeEmptyParents(path: string): Promise<void>;
}

/** @throws the file system's error when the folder cannot be made */
export async function openRootFolder(folder: string, now: () => number): Promise<RootFolder> {
  await mkdir(join(folder, UNFINISHED), { recursive: true });
  const root = await realpath(resolve(folder));
  const unfinished = join(root, UNFINISHED);
  await removeForgotten(unfinished, now() - FORGOTTEN_MS);
  return {
    root,
    unfinished,
    pathOf: (key) => join(root, key),
    async checkInside(path) {
      // The root is a real path, so below it every path must be its own real path.
      if ((await realpath(path)) !== path) {
        throw new StorageUnavailableError(
          `${path} is reached through a symbolic link; the store does not follow those.`,
        );
      }
    },
    async removeEmptyParents(path) {
      for (let parent = dirname(path); parent.length > root.length; parent = dirname(parent)) {
        const isRemoved = await rmdir(parent).then(
          () => true,
          () => false,
        );
        if (!isRemoved) return;
      }
    },
  };
}

async function removeForgotten(unfinished: string, before: number): Promise<void> {
  for (const name of await readdir(unfinished)) {
    const path = join(unfinished, name);
    // Another process may finish or remove it at the same moment.
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (mtimeMs < before) await rm(path, { force: true });
  }
}
