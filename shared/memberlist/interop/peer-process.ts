/** A peer as a child process: its JSON lines become events that a test waits for, its standard input takes commands. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import type { PeerEvent, PeerLine, PeerNode, Predicate } from './events.ts';

export interface Peer extends AsyncDisposable {
  readonly name: string;
  /** `host:port` that others join. */
  readonly address: string;
  readonly port: number;
  /** All so far, oldest first. */
  readonly events: readonly PeerEvent[];
  /**
   * Resolves with the first event that matches; those of before the call count too, from index `since` on (default 0).
   *
   * @throws Error after `timeoutMs` (default 10 s) or when the peer has ended, with what it last printed
   */
  waitFor(predicate: Predicate, timeoutMs?: number, since?: number): Promise<PeerEvent>;
  /** Sends one line. Commands run one after another. */
  command(text: string): void;
  /** Asks for the members: alive and suspect ones, by name. Commands of before are done when it resolves. */
  members(): Promise<PeerNode[]>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves when the process is gone. */
  readonly ended: Promise<void>;
}

const DEFAULT_TIMEOUT_MS = 10_000;
const STDERR_KEPT = 2_000;
const EVENTS_SHOWN = 12;
const LINE_SHOWN = 400;
/** The program takes the shell's place; what stays beside it kills it when we have ended without saying that it is over. */
const KEEPER = '{ read over <&3 || kill -9 $$; } </dev/null >/dev/null 2>&1 & exec "$@" 3<&-';

export interface PeerProcess extends Omit<Peer, 'address' | 'port'> {
  /** Adds an event as if the process had printed it. */
  add(line: PeerLine): void;
}

/**
 * @param command program and arguments
 * @param onLine what to make of a line of the output; events are JSON lines
 */
export function startProcess(
  name: string,
  command: readonly string[],
  onLine: (line: string) => PeerLine | undefined = (line) => JSON.parse(line) as PeerLine,
): PeerProcess {
  const child = spawn('sh', ['-c', KEEPER, 'sh', ...command], { stdio: ['pipe', 'pipe', 'pipe', 'pipe'] });
  const keeper = child.stdio[3] as Writable;
  keeper.on('error', () => {});
  child.once('exit', () => keeper.end('over\n'));
  const events: PeerEvent[] = [];
  const waiting = new Set<() => void>();
  const wake = () => [...waiting].forEach((check) => void check());
  let isOver = false;
  let words = '';
  const keepWords = (text: string) => {
    words = (words + text).slice(-STDERR_KEPT);
  };

  const add = (line: PeerLine) => {
    events.push({ ...line, receivedAt: Date.now() });
    wake();
  };
  const ended = new Promise<void>((resolve) => {
    const end = (how: string) => {
      isOver = true;
      keepWords(how);
      wake();
      resolve();
    };
    child.once('close', (code, signal) => end(`\n(ended: ${signal ?? code})`));
    child.once('error', (error) => end(error.message));
  });
  child.stderr.on('data', (chunk: Buffer) => keepWords(chunk.toString()));
  // A command to a peer that has just died; whoever waits for an effect hears of the death.
  child.stdin.on('error', () => {});
  createInterface({ input: child.stdout }).on('line', (line) => {
    try {
      const event = onLine(line);
      if (event) add(event);
    } catch {
      keepWords(`not an event: ${line}\n`);
    }
  });

  const waitFor = (predicate: Predicate, timeoutMs = DEFAULT_TIMEOUT_MS, since = 0) => {
    const { promise, resolve, reject } = Promise.withResolvers<PeerEvent>();
    // Made here for the stack of who waits.
    const error = new Error();
    const fail = (why: string) => {
      const lines = events.slice(-EVENTS_SHOWN).map((event) => JSON.stringify(event).slice(0, LINE_SHOWN));
      error.message = `${name} ${why}. Its last events:\n${lines.join('\n')}\n${words}`;
      reject(error);
    };
    let next = since;
    const check = () => {
      for (; next < events.length; next++) if (predicate(events[next]!)) return resolve(events[next]!);
      if (isOver) fail('has ended');
    };
    const timer = setTimeout(() => fail(`has not printed it in ${timeoutMs} ms`), timeoutMs);
    waiting.add(check);
    check();
    return promise.finally(() => {
      clearTimeout(timer);
      waiting.delete(check);
    });
  };
  const send = (text: string) => {
    child.stdin.write(`${text}\n`);
  };

  return {
    name,
    events,
    ended,
    add,
    waitFor,
    command: send,
    async members() {
      const since = events.length;
      send('members');
      const { nodes } = await waitFor(({ event }) => event === 'members', undefined, since);
      return nodes!
        .filter(({ state }) => state !== 'dead' && state !== 'left')
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    kill: (signal) => void child.kill(signal),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
