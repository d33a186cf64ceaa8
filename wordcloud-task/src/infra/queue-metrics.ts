/** What a dashboard shows of the queue. */
import { ERRORS } from '@wordcloud/contracts';
import { Counter, Gauge, Histogram, type Metrics } from '@wordcloud/telemetry';
import type { TaskRepository } from '../domain/ports.ts';
import type { QueueDependencies } from '../domain/queue.ts';

/** Seconds: from a short text with nothing before it to an evening on which no maker runs. */
const WAIT_BUCKETS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800];

/** Codes that say that the fault is ours; those of the text or the options are the owner's. */
const OWN_FAULTS = Object.entries(ERRORS).flatMap(([code, { status }]) => (status >= 500 ? [code] : []));

/** @returns the observer that the queue tells of its events */
export function createQueueMetrics(
  { registry }: Pick<Metrics, 'registry'>,
  tasks: Pick<TaskRepository, 'census'>,
  now: () => number,
): NonNullable<QueueDependencies['observe']> {
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Counter({ name, help, labelNames, registers });
  const histogram = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Histogram({ name, help, labelNames, buckets: WAIT_BUCKETS, registers });
  const leased = counter('task_leased_total', 'Attempts begun: tasks handed to a dispatcher');
  const parked = counter('task_parked_total', 'Attempts that failed and are tried again after a pause');
  const expired = counter('task_lease_expired_total', 'Leases that ended without a word');
  const finished = counter('task_finished_total', 'Tasks that ended, by outcome and error code', ['outcome', 'code']);
  const wait = histogram('task_wait_seconds', 'Time from accepting a task until its first attempt');
  const whole = histogram('task_duration_seconds', 'Time from accepting a task until its end, by outcome', ['outcome']);
  // A counter that begins with its first event has no rise that a query could see.
  finished.inc({ outcome: 'succeeded', code: 'none' }, 0);
  for (const code of OWN_FAULTS) finished.inc({ outcome: 'failed', code }, 0);
  measureCensus(registers, tasks, now);

  const finish = (outcome: 'succeeded' | 'failed', code: string, afterMs: number | undefined) => {
    finished.inc({ outcome, code });
    if (afterMs !== undefined) whole.observe({ outcome }, afterMs / 1000);
  };
  return (event) => {
    if (event.kind === 'leased') {
      leased.inc();
      if (event.firstAfterMs !== undefined) wait.observe(event.firstAfterMs / 1000);
    } else if (event.kind === 'parked') parked.inc();
    else if (event.kind === 'lease-expired') expired.inc();
    else if (event.kind === 'succeeded') finish('succeeded', 'none', event.afterMs);
    else finish('failed', event.code, event.afterMs);
  };
}

/** Every instance counts the same tasks: whoever adds them up takes the largest, not the sum. */
function measureCensus(
  registers: Metrics['registry'][],
  tasks: Pick<TaskRepository, 'census'>,
  now: () => number,
): void {
  let counting: ReturnType<TaskRepository['census']> | undefined;
  /** Both metrics are read at the same time, from one look at the database. */
  const census = () => {
    counting ??= tasks.census().finally(() => {
      counting = undefined;
    });
    return counting;
  };
  new Gauge({
    name: 'task_oldest_waiting_seconds',
    help: 'How long the first in the queue waits',
    registers,
    async collect() {
      const { oldestWaiting } = await census();
      this.set(oldestWaiting === undefined ? 0 : Math.max(0, now() - oldestWaiting) / 1000);
    },
  });
  new Gauge({
    name: 'task_count',
    help: 'Tasks by state, now; the same on all instances',
    labelNames: ['state'],
    registers,
    async collect() {
      const { byState } = await census();
      for (const state of ['waiting', 'processing', 'parked', 'succeeded', 'failed'])
        this.set({ state }, byState[state] ?? 0);
    },
  });
}
