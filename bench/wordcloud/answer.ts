/** The part of a contender that is the same for all that are written in TypeScript: a JSON job a line, a JSON answer a line. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Job } from './jobs.ts';

export interface Answer {
  /** Milliseconds from the job to the bytes of the PNG. */
  ms: number;
  placed: number;
  asked: number;
  /** Megabytes. */
  peak: number;
  /** Milliseconds of the layout alone, where it is known. */
  layout?: number;
  /** Font size of each word, where it is known. */
  sizes?: [word: string, size: number][];
}

export type Made = Omit<Answer, 'ms' | 'peak'> & { png: Uint8Array };

interface Ways {
  /** Megabytes at the end of a job; default: the peak of this process since the job began. */
  memory?: () => number;
  /** What is done before the time is taken. */
  prepare?: (job: Job) => Promise<void>;
}

export async function answerJobs(make: (job: Job) => Promise<Made>, ways: Ways = {}): Promise<void> {
  const { memory = peakOfThis, prepare } = ways;
  for await (const line of createInterface({ input: process.stdin })) {
    const job = JSON.parse(line) as Job;
    await prepare?.(job);
    forgetPeak();
    const started = performance.now();
    const { png, ...made } = await make(job);
    const ms = performance.now() - started;
    writeFileSync(job.output, png);
    process.stdout.write(`${JSON.stringify({ ...made, ms, peak: memory() } satisfies Answer)}\n`);
  }
}

/** Linux keeps the peak of a process, and forgets it when told to. Elsewhere the present use has to do. */
function forgetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {}
}

function peakOfThis(): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;
  } catch {
    return process.memoryUsage().rss / 2 ** 20;
  }
}
