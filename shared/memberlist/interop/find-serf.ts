/** Finds Debian's Serf, an agent that is built on memberlist. */
import { findProgram, install, lastLine, run, type Skipped } from './programs.ts';

export interface Serf {
  path: string;
  version: string;
}

/** @returns the program, installed if that is allowed (see `install`), or why it cannot be had */
export async function findSerf(): Promise<Serf | Skipped> {
  let path = findProgram('serf');
  if (path === undefined) {
    const refused = await install('serf');
    path = findProgram('serf');
    if (path === undefined) return { skipped: `Serf is missing (${refused})` };
  }
  return run(path, ['version']).then(
    ({ stdout }) => ({ path, version: stdout.split('\n')[0]! }),
    (error) => ({ skipped: lastLine(error) }),
  );
}
