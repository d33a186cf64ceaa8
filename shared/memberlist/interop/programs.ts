/** Finds and installs programs that the peers need. */
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

export const run = promisify(execFile);

/** What is not here, and what to do about it; the tests that need it are skipped. */
export interface Skipped {
  skipped: string;
}

/** Where Go and Debian's programs lie when PATH does not name it. */
const MORE_FOLDERS = ['/usr/local/go/bin', '/usr/lib/go/bin', '/usr/sbin'];

/** @returns the program's path, or undefined */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...MORE_FOLDERS];
  return folders
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Tests install nothing on a machine that somebody works on, unless told to. */
const mayInstall = () =>
  process.getuid?.() === 0 && (process.env.CI === 'true' || process.env.MEMBERLIST_INTEROP_INSTALL === '1');

/**
 * Installs a package with apt-get where that is allowed: as root, with `CI=true` or `MEMBERLIST_INTEROP_INSTALL=1`.
 *
 * @returns undefined when it is installed, else why it is not
 */
export async function install(what: 'serf' | 'memberlist'): Promise<string | undefined> {
  if (!mayInstall()) return `sudo sh shared/memberlist/interop/install.sh ${what}`;
  const script = join(import.meta.dirname, 'install.sh');
  return run('sh', [script, what]).then(
    () => undefined,
    (error: { stdout?: string }) => error.stdout?.trim() || 'install.sh failed',
  );
}

/** The last line that a failed program printed, for a message of one line. */
export function lastLine(error: unknown): string {
  const { stderr = '', message = String(error) } = error as { stderr?: string; message?: string };
  const lines = (stderr || message).split('\n').filter((line) => line.trim() !== '');
  return (lines.at(-1) ?? 'no message').trim().slice(0, 200);
}
