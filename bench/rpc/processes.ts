/** The two processes of a measurement, and how the parent asks them. They end with the parent, however it ends. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Milliseconds for an answer: a child that hangs must not hang the benchmark. */
const PATIENCE_MS = 120_000;

/** A child process that answers one question at a time. */
export class Worker {
  readonly #process: ChildProcess;

  /** @param module file beside this one */
  constructor(module: string, args: readonly string[], execArgv: readonly string[] = []) {
    this.#process = fork(join(import.meta.dirname, module), args, { execArgv: [...execArgv] });
  }

  async ask<Answer>(question: object): Promise<Answer> {
    const over = new AbortController();
    const timer = setTimeout(() => over.abort(new Error('no answer')), PATIENCE_MS);
    const { signal } = over;
    const ended = once(this.#process, 'exit', { signal }).then(([code]) => {
      throw new Error(`${this.#process.spawnargs.slice(1).join(' ')} ended with ${code}`);
    });
    const answered = once(this.#process, 'message', { signal });
    try {
      this.#process.send(question);
      const [answer] = await Promise.race([answered, ended]);
      return answer as Answer;
    } finally {
      clearTimeout(timer);
      over.abort();
    }
  }

  async end(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exit = once(this.#process, 'exit');
    this.#process.disconnect();
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), 5_000);
    await exit;
    clearTimeout(timer);
  }
}

/** In the child: answers every question of the parent; ends the process when the parent lets go. */
export function answerParent<Question>(handle: (question: Question) => Promise<object>): void {
  process.on('message', (question: Question) => {
    handle(question).then(
      (answer) => process.send!(answer),
      (error) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  process.once('disconnect', () => process.exit());
}

/** User and system time of this process, in microseconds. */
export function cpuMicroseconds(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
