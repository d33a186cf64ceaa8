/** A server as a child process of the tests. It ends with them, however they end. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export interface ChildServer {
  stop(): Promise<void>;
}

/**
 * A shell stays between: when its input ends, since we closed it or were killed, it kills the server and removes the folder.
 * A shell gives /dev/null to what runs in the background, hence descriptor 3; nobody reads what the shell itself prints then,
 * and printing would end it. It is a process group of its own, or Ctrl-C would end it before it has cleaned up.
 */
const KEEPER = `
exec 3<&0
folder=$1; shift
"$@" 3<&- & server=$!
exec >/dev/null 2>&1
{ cat <&3 >/dev/null; kill -9 $server; } & keeper=$!
wait $server
kill $keeper
rm -rf "$folder"
`;

const START_TIMEOUT_MS = 30_000;

/**
 * @param folder removed when the server ends
 * @param isReady asked until it no longer throws
 * @throws Error with what the server printed, when it ends or does not become ready in 30 seconds
 */
export async function startChild(
  command: string[],
  folder: string,
  isReady: () => Promise<void>,
): Promise<ChildServer> {
  const child = spawn('sh', ['-c', KEEPER, 'sh', folder, ...command], { stdio: 'pipe', detached: true });
  let printed = '';
  const keep = (chunk: Buffer) => {
    printed = (printed + chunk.toString()).slice(-4000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = once(child, 'close');
  const stop = async () => {
    child.stdin.end();
    await ended;
  };

  const giveUpAt = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    const reason = await isReady().then(
      () => undefined,
      (error: Error) => error.message,
    );
    if (reason === undefined) return { stop };
    if (child.exitCode !== null || performance.now() > giveUpAt) {
      await stop();
      throw new Error(`${command[0]} did not start (${reason}):\n${printed}`);
    }
    await pause(50);
  }
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

export const temporaryFolder = (name: string): Promise<string> => mkdtemp(join(tmpdir(), `wordcloud-${name}-`));
