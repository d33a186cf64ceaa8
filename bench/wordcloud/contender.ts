/** A contender in a process of its own that does one job after another, so that its start and its imports are not measured. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Answer } from './answer.ts';
import type { Contender, Job } from './jobs.ts';

/** Debian's Python, which has Debian's modules; another that comes first in PATH has not. */
const PYTHON = '/usr/bin/python3';
const COMMANDS: Record<Contender, readonly [command: string, file: string]> = {
  ours: [process.execPath, 'ours.ts'],
  word_cloud: [PYTHON, 'word_cloud.py'],
  'd3-cloud': [process.execPath, 'd3-cloud.ts'],
  echarts: [process.execPath, 'echarts.ts'],
};
const MISSING: Record<Contender, string> = {
  ours: 'it cannot be started',
  word_cloud: `apt-get install python3-wordcloud python3-jieba, for ${PYTHON}`,
  'd3-cloud': 'npm ci installs it',
  echarts: 'npm ci installs it; chromium is needed, too',
};

export interface Running {
  run(job: Job): Promise<Answer>;
  stop(): Promise<void>;
}

/** @returns undefined when it is not installed; says what is missing */
export async function start(name: Contender, probe: Job): Promise<Running | undefined> {
  const [command, file] = COMMANDS[name];
  const child = spawn(command, [join(import.meta.dirname, file)], { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-4000);
  });
  child.on('error', (error) => {
    complaint = error.message;
  });
  // It may end before it has read its job.
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const running: Running = {
    async run(job) {
      child.stdin.write(`${JSON.stringify(job)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${name} has ended: ${complaint.trim()}`);
      return JSON.parse(value as string) as Answer;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
  try {
    await running.run(probe);
    return running;
  } catch {
    console.log(`${name}: left out (${MISSING[name]}): ${complaint.trim().split('\n').at(-1)}`);
    return undefined;
  }
}
