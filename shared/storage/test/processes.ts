/** Runs database-process.ts as a process of its own. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** @param args see database-process.ts */
export function startProcess(...args: string[]): ChildProcess {
  const child = fork(join(import.meta.dirname, 'database-process.ts'), args, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

/** @returns what it printed; throws with that when it failed */
export async function runProcess(...args: string[]): Promise<string> {
  const child = startProcess(...args);
  let printed = '';
  const keep = (chunk: Buffer) => {
    printed += chunk;
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(printed);
  return printed;
}
