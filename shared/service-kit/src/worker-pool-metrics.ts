import { Counter, DURATION_BUCKETS, Gauge, Histogram, type Metrics } from '@wordcloud/telemetry';

export type TaskEnd = 'ok' | 'refused' | 'cancelled' | 'failed';

export interface WorkerPoolMetrics {
  /** A task was handed to the pool. @returns what to call at its end, once */
  begin(): (end: TaskEnd) => void;
  /** A task was refused since too many wait. */
  foundFull(): void;
}

/**
 * Measures a pool of so many threads that takes tasks in the order in which they come, so that how many are busy follows from how many tasks
 * it has. One for each process.
 *
 * @param now milliseconds, any beginning; default performance.now
 */
export function createWorkerPoolMetrics(
  { registry }: Pick<Metrics, 'registry'>,
  threads: number,
  now: () => number = () => performance.now(),
): WorkerPoolMetrics {
  const registers = [registry];
  let inHand = 0;
  let busyMs = 0;
  let lastChange = now();
  const busy = () => Math.min(inHand, threads);
  const account = () => {
    const time = now();
    busyMs += busy() * (time - lastChange);
    lastChange = time;
  };
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge('worker_pool_threads', 'Worker threads', () => threads);
  gauge('worker_pool_busy_threads', 'Worker threads that have a task now', busy);
  gauge('worker_pool_queue_length', 'Tasks that wait for a worker thread', () => inHand - busy());
  new Counter({
    name: 'worker_pool_busy_seconds_total',
    help: 'Time that worker threads were busy, of all together: its rate is how many are busy',
    registers,
    collect() {
      account();
      this.reset();
      this.inc(busyMs / 1000);
    },
  });
  const seconds = new Histogram({
    name: 'worker_pool_task_seconds',
    help: 'Time from handing a task to the pool until its end, the wait for a thread included, by end (ok, refused: the input is at fault, cancelled, failed)',
    labelNames: ['end'],
    buckets: DURATION_BUCKETS,
    registers,
  });
  const full = new Counter({
    name: 'worker_pool_full_total',
    help: 'Tasks refused since too many waited already',
    registers,
  });
  return {
    begin() {
      account();
      inHand++;
      const startedAt = now();
      return (end) => {
        account();
        inHand--;
        seconds.observe({ end }, (now() - startedAt) / 1000);
      };
    },
    foundFull: () => full.inc(),
  };
}
