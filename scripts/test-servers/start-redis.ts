/** A Redis server of the tests' own: empty, on a free port, nothing kept on disk. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type ChildServer, freePort, startChild, temporaryFolder } from './child-server.ts';
import { findProgram, MissingServerError } from './find-program.ts';

export interface RedisServer extends ChildServer {
  /** `redis://:password@127.0.0.1:port` */
  url: string;
  /** For tests that stop the process and let it go on (SIGSTOP, SIGCONT). */
  pid: number;
}

/** With characters that a URL must escape. */
const PASSWORD = 'p@ss/w:rd';
/** Somebody else may take a port between looking for it and listening. */
const TRIES = 3;

/**
 * @param port default: a free one; given to start again where another was
 * @throws MissingServerError when Redis is not installed
 */
export async function startRedis(port?: number): Promise<RedisServer> {
  const program = findProgram('redis-server') ?? findProgram('valkey-server');
  if (program === undefined) {
    throw new MissingServerError(
      'Redis is missing: install redis-server (Debian: sudo sh scripts/test-servers/install.sh) or set TEST_REDIS_URL',
    );
  }
  for (let left = TRIES; ; left--) {
    try {
      return await start(program, port ?? (await freePort()));
    } catch (error) {
      if (left === 1 || !String(error).includes('in use')) throw error;
    }
  }
}

async function start(program: string, port: number): Promise<RedisServer> {
  const folder = await temporaryFolder('redis');
  const pidFile = join(folder, 'pid');
  const options = {
    port,
    bind: '127.0.0.1',
    dir: folder,
    pidfile: pidFile,
    requirepass: PASSWORD,
    save: '',
    appendonly: 'no',
    daemonize: 'no',
  };
  const command = [program, ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)])];
  const child = await startChild(command, folder, () => ping(port));
  const pid = Number(await readFile(pidFile, 'utf8'));
  return { url: `redis://:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`, pid, stop: child.stop };
}

/** The password tells this server from another one on the port. */
async function ping(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1').setTimeout(2_000, () => socket.destroy(new Error('no answer')));
  try {
    socket.write(`AUTH ${PASSWORD}\r\nQUIT\r\n`);
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    await once(socket, 'end');
    if (!answer.startsWith('+OK')) throw new Error(answer);
  } finally {
    socket.destroy();
  }
}
