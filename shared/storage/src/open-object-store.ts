/** Opens the object store that the settings name. */
import { openFolderStore } from './folder-store.ts';
import { withSpans } from './object-span.ts';
import type { ObjectStore } from './object-store.ts';
import { isRefused } from './s3-errors.ts';
import { openS3Store, type S3Settings } from './s3-store.ts';
import { untilAvailable, type WaitOptions } from './until-available.ts';

export type ObjectStoreSettings = { kind: 'folder'; folder: string } | ({ kind: 's3' } & S3Settings);

/**
 * Makes the folder or the bucket where it is missing; several processes may do so at once. Waits for an S3 server that is
 * not up yet.
 *
 * @throws StorageUnavailableError when it does not come up in time, refuses the keys, or the folder cannot be made
 */
export async function openObjectStore(settings: ObjectStoreSettings, options: WaitOptions = {}): Promise<ObjectStore> {
  if (settings.kind === 'folder') return withSpans(await openFolderStore(settings.folder), settings);
  const name = `the S3 server at ${settings.endpoint}`;
  return withSpans(await untilAvailable(name, () => openS3Store(settings), isRefused, options), settings);
}
