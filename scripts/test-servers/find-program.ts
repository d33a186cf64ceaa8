/** Finds programs that tests need, and says what to install when they are missing. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What a test needs is not on this machine; the message says how to get it. */
export class MissingServerError extends Error {
  override readonly name = 'MissingServerError';
}

/** Debian has servers in sbin, which is not in everybody's PATH. */
const FOLDERS = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/usr/libexec'];

/** @returns the program's path, or undefined */
export function findProgram(name: string, folders: string[] = FOLDERS): string | undefined {
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
