import { createMetrics } from '@wordcloud/telemetry';
import { expect, it } from 'vitest';
import { createQueueMetrics } from './queue-metrics.ts';

it('what the queue tells – is counted by outcome and code, and timed where the task was made for the first time', async () => {
  const { registry } = createMetrics('me', { processMetrics: false });
  const census = async () => ({ byState: { waiting: 2 }, oldestWaiting: 40_000 });
  const observe = createQueueMetrics({ registry }, { census }, () => 50_000);
  observe({ kind: 'leased', firstAfterMs: 400 });
  observe({ kind: 'leased' });
  observe({ kind: 'parked' });
  observe({ kind: 'lease-expired' });
  observe({ kind: 'succeeded', afterMs: 2_000 });
  observe({ kind: 'succeeded' });
  observe({ kind: 'failed', code: 'EMPTY_TEXT', afterMs: 1_000 });
  const lines = (await registry.metrics()).split('\n').filter((line) => !/^#|_bucket|^$/.test(line));
  expect(
    lines.map((line) =>
      line
        .replace(/service="me",?/, '')
        .replace(',}', '}')
        .replace('{}', ''),
    ),
  ).toEqual([
    'task_leased_total 2',
    'task_parked_total 1',
    'task_lease_expired_total 1',
    'task_finished_total{outcome="succeeded",code="none"} 2',
    ...[
      'INTERNAL',
      'BAD_ANSWER',
      'UNAVAILABLE',
      'OVERLOADED',
      'NO_INSTANCE',
      'SHUTTING_DOWN',
      'DEADLINE_EXCEEDED',
      'GAVE_UP',
    ].map((code) => `task_finished_total{outcome="failed",code="${code}"} 0`),
    'task_finished_total{outcome="failed",code="EMPTY_TEXT"} 1',
    'task_wait_seconds_sum 0.4',
    'task_wait_seconds_count 1',
    'task_duration_seconds_sum{outcome="succeeded"} 2',
    'task_duration_seconds_count{outcome="succeeded"} 1',
    'task_duration_seconds_sum{outcome="failed"} 1',
    'task_duration_seconds_count{outcome="failed"} 1',
    'task_oldest_waiting_seconds 10',
    'task_count{state="waiting"} 2',
    ...['processing', 'parked', 'succeeded', 'failed'].map((state) => `task_count{state="${state}"} 0`),
  ]);
});
