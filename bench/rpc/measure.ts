import { checkAnswer } from './operation.ts';
import { cpuMicroseconds } from './processes.ts';

/** One way to make the call. */
export interface Caller {
  call(): Promise<unknown>;
}

export interface Measurement {
  calls: number;
  seconds: number;
  p50Ms: number;
  p99Ms: number;
  /** Microseconds of this process for one call. */
  cpuPerCall: number;
}

/**
 * Calls as often as it goes: each of `concurrency` callers waits for its answer before it calls again.
 *
 * @throws what the first call that fails throws
 */
export async function measure(caller: Caller, concurrency: number, seconds: number): Promise<Measurement> {
  const latencies: number[] = [];
  const cpuBefore = cpuMicroseconds();
  const from = performance.now();
  const until = from + seconds * 1000;
  const work = async () => {
    for (let before = from; before < until; ) {
      before = performance.now();
      checkAnswer(await caller.call());
      latencies.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  const tookMs = performance.now() - from;
  const cpu = cpuMicroseconds() - cpuBefore;
  const sorted = Float64Array.from(latencies).sort();
  const quantile = (q: number) => sorted[Math.ceil(q * sorted.length) - 1]!;
  return {
    calls: sorted.length,
    seconds: tookMs / 1000,
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
    cpuPerCall: cpu / sorted.length,
  };
}
