/** What a dashboard shows of the queue. */
import { Counter, Gauge, type Metrics } from '@wordcloud/telemetry';
import type { TaskRepository } from '../domain/ports.ts';
import type { QueueDependencies } from '../domain/queue.ts';

/** @returns the observer that the queue tells of its events */
export function createQueueMetrics(
  { registry }: Metrics,
  tasks: TaskRepository,
  now: () => number,
): NonNullable<QueueDependencies['observe']> {
  const registers = [registry];
  const expired = new Counter({
    name: 'task_lease_expired_total',
    help: 'Leases that ended without a word',
    registers,
  });
  const finished = new Counter({
    name: 'task_finished_total',
    help: 'Tasks that ended, by outcome',
    labelNames: ['outcome'],
    registers,
  });
  const age = new Gauge({
    name: 'task_oldest_waiting_seconds',
    help: 'How long the first in the queue waits',
    registers,
  });
  new Gauge({
    name: 'task_count',
    help: 'Tasks by state, now',
    labelNames: ['state'],
    registers,
    async collect() {
      const { byState, oldestWaiting } = await tasks.census();
      for (const state of ['waiting', 'processing', 'parked', 'succeeded', 'failed'])
        this.set({ state }, byState[state] ?? 0);
      age.set(oldestWaiting === undefined ? 0 : Math.max(0, now() - oldestWaiting) / 1000);
    },
  });
  return (event) => (event === 'lease-expired' ? expired.inc() : finished.inc({ outcome: event }));
}
