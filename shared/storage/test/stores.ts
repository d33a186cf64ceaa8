/** The stores that the contract tests run against, each new and empty. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { findS3 } from '../../../scripts/test-servers/test-servers.ts';
import { type ObjectStore, openObjectStore } from '../src/index.ts';

export const s3 = await findS3();

export async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wordcloud-storage-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function freshFolderStore(): Promise<ObjectStore> {
  return closedAfterwards(await openObjectStore({ kind: 'folder', folder: await freshFolder() }));
}

export async function freshS3Store(): Promise<ObjectStore> {
  return closedAfterwards(await openObjectStore(s3.freshSettings()));
}

function closedAfterwards(store: ObjectStore): ObjectStore {
  onTestFinished(() => store.close());
  return store;
}
