/**
 * Worker threads (piscina) for work that would block the event loop, so that a service answers probes while it works.
 * A cancelled task ends its thread: that is the only way to stop a computation, and the next task pays for a new one.
 */
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { type ErrorCode, ProblemError } from '@wordcloud/contracts';
import { inSpan, type Metrics } from '@wordcloud/telemetry';
import { Piscina, transferableSymbol, valueSymbol } from 'piscina';
import { createWorkerPoolMetrics } from './worker-pool-metrics.ts';

export { transferableSymbol, valueSymbol };

/** What a worker returns. Errors lose their class on the way between threads, so an expected one is a value. */
export type WorkerOutcome<T> = { ok: true; value: T } | { ok: false; code: ErrorCode; detail: string };

export interface WorkerPoolOptions {
  /** URL of the worker's module, whose default export does one task. */
  worker: URL;
  /** Threads; default 0: one for each core. */
  threads?: number;
  /** Tasks that may wait for a thread; one more is refused with OVERLOADED. Default 16. */
  maxQueue?: number;
  metrics: Metrics;
}

export interface WorkerPool<Task, Value> {
  /**
   * @throws ProblemError with the code that the worker returned, or OVERLOADED
   * @throws the signal's reason when it aborts
   */
  run(task: Task, options: { signal: AbortSignal; transfer?: ArrayBuffer[] | MessagePort[] }): Promise<Value>;
  close(): Promise<void>;
}

/** Two threads of seg kept 665 MB instead of 881 MB after 200 rounds of English and Chinese, in the same time. */
const YOUNG_HEAP_MB = 16;

export function createWorkerPool<Task, Value>(options: WorkerPoolOptions): WorkerPool<Task, Value> {
  const threads = options.threads || availableParallelism();
  const maxQueue = options.maxQueue ?? 16;
  const pool = new Piscina<Task, WorkerOutcome<Value>>({
    filename: options.worker.href,
    // Threads keep their dictionaries and fonts; starting one again would cost more than keeping it.
    minThreads: threads,
    maxThreads: threads,
    idleTimeout: Number.POSITIVE_INFINITY,
    // Each thread has a heap of its own, and what is young in it is collected late unless told otherwise.
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_HEAP_MB },
    maxQueue,
  });
  const metrics = createWorkerPoolMetrics(options.metrics, threads);
  // With the wait for a thread.
  const describe = () => ({ name: `thread ${basename(options.worker.pathname, '.ts')}` });

  return {
    async run(task, { signal, transfer }) {
      if (pool.queueSize >= maxQueue) {
        metrics.foundFull();
        throw new ProblemError('OVERLOADED', `All ${threads} workers are busy and ${maxQueue} tasks wait.`, {
          retryAfterSeconds: 1,
        });
      }
      const end = metrics.begin();
      let outcome: WorkerOutcome<Value>;
      try {
        outcome = await inSpan(describe, () =>
          pool.run(task, { signal, ...(transfer && { transferList: transfer as never }) }),
        );
      } catch (error) {
        end(signal.aborted ? 'cancelled' : 'failed');
        throw signal.aborted ? signal.reason : error;
      }
      end(outcome.ok ? 'ok' : 'refused');
      if (outcome.ok) return outcome.value;
      throw new ProblemError(outcome.code, outcome.detail);
    },
    close: () => pool.close(),
  };
}
