/** Runs one service as a process: passes its log on line by line, and starts it again when it ends by itself. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { LocalService } from './services.ts';

export interface Runner extends Pick<LocalService, 'name' | 'service' | 'instance'> {
  /** Resolves when `/readyz` says yes. Rejects when the process ends before that; its own words are in the message. */
  ready: Promise<void>;
  /** Sends a signal to the process as it is now. */
  kill(signal: NodeJS.Signals): void;
  /** SIGTERM, and SIGKILL for who does not listen. Resolves when the process is gone. */
  stop(): Promise<void>;
}

/** A process that ends sooner than this was never up: it is not started again, for it would end again. */
const CRASH_LOOP_MS = 2_000;
const RESTART_PAUSE_MS = 500;
const KILL_AFTER_MS = 20_000;
const READY_POLL_MS = 50;

export function runService(service: LocalService, root: string, onLine: (name: string, line: string) => void): Runner {
  let stopping = false;
  let child: ChildProcess;
  let gone: Promise<void>;
  let isReady = false;
  let restart: NodeJS.Timeout | undefined;
  const ready = Promise.withResolvers<void>();
  // Whoever waits hears of it; a second rejection must not end the supervisor.
  ready.promise.catch(() => {});

  const start = () => {
    const startedAt = performance.now();
    const lastWords: string[] = [];
    child = spawn(process.execPath, [service.main], {
      cwd: root,
      env: service.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: Ctrl-C reaches the supervisor only, which stops the services in order.
      detached: true,
    });
    for (const stream of [child.stdout!, child.stderr!]) {
      createInterface({ input: stream }).on('line', (line) => {
        if (stream === child.stderr) lastWords.push(line);
        onLine(service.name, line);
      });
    }
    gone = new Promise((resolve) => child.once('close', () => resolve()));
    child.once('close', (code, signal) => {
      if (stopping) return;
      const how = signal === null ? `ended with status ${code}` : `was ended by ${signal}`;
      if (!isReady) return ready.reject(new Error(lastWords.slice(-5).join('\n') || `${service.name} ${how}`));
      onLine(service.name, `${service.name} ${how}; starting it again`);
      const pause = performance.now() - startedAt < CRASH_LOOP_MS ? CRASH_LOOP_MS : RESTART_PAUSE_MS;
      restart = setTimeout(start, pause);
    });
  };
  start();
  void pollReady(service.port, () => stopping).then(() => {
    isReady = true;
    ready.resolve();
  });

  return {
    name: service.name,
    service: service.service,
    instance: service.instance,
    ready: ready.promise,
    kill: (signal) => child.kill(signal),
    async stop() {
      stopping = true;
      clearTimeout(restart);
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
        await gone;
        clearTimeout(timer);
      }
    },
  };
}

async function pollReady(port: number, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(1_000) }).catch(
      () => undefined,
    );
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, READY_POLL_MS));
  }
}
