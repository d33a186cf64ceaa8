/** Runs a service's `main.ts` as a process for a test, and reads its log. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const root = resolve(import.meta.dirname, '../..');

/** Alone, unless a test says how it finds others. */
const defaults = { SERVICE_TOKEN: 'a token for the tests', GDD_PORT: '0', GDD_MODE: 'mono' };

export interface ServiceProcess {
  /** `http://127.0.0.1:…`, once it is ready; rejects with what it wrote when it ends before. */
  ready: Promise<string>;
  ended: Promise<{ code: number | null; stderr: string; lines: string[] }>;
  kill(signal: NodeJS.Signals): void;
}

/**
 * @param main path of the module from the root of the repository
 * @param prefix command that runs it, as `ip netns exec …`; default: none
 * @param onLine told of each line of its log as it comes
 */
export function runMain(
  main: string,
  env: Record<string, string>,
  prefix: readonly string[] = [],
  onLine: (line: string) => void = () => {},
): ServiceProcess {
  const [command, ...args] = [...prefix, process.execPath, main];
  const child = spawn(command!, args, {
    cwd: root,
    env: { ...defaults, PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A test that fails half way does not stop it.
  process.once('exit', () => child.kill('SIGKILL'));
  const lines: string[] = [];
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ready = Promise.withResolvers<string>();
  ready.promise.catch(() => {});
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    onLine(line);
    const { msg, address } = JSON.parse(line) as { msg: string; address?: string };
    if (msg === 'ready') ready.resolve(address!);
  });
  const ended = once(child, 'close').then(([code]) => {
    ready.reject(new Error(stderr));
    return { code: code as number | null, stderr, lines };
  });
  return { ready: ready.promise, ended, kill: (signal) => child.kill(signal) };
}
