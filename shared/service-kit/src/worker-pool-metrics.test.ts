import { createMetrics } from '@wordcloud/telemetry';
import { expect, it } from 'vitest';
import { createWorkerPoolMetrics } from './worker-pool-metrics.ts';

function poolOf(threads: number) {
  let now = 0;
  const { registry } = createMetrics('me', { processMetrics: false });
  const metrics = createWorkerPoolMetrics({ registry }, threads, () => now);
  const read = async () => {
    const lines = (await registry.metrics()).matchAll(/^worker_pool_(\w+)\{[^}]*\} (.+)$/gm);
    return Object.fromEntries([...lines].map(([, name, value]) => [name, Number(value)]));
  };
  return { metrics, read, pass: (ms: number) => (now += ms) };
}

it('three tasks for two threads – two are busy, one waits; how long they were busy is summed', async () => {
  const { metrics, read, pass } = poolOf(2);
  const ends = [metrics.begin(), metrics.begin(), metrics.begin()];
  pass(1_000);
  expect(await read()).toMatchObject({ threads: 2, busy_threads: 2, queue_length: 1, busy_seconds_total: 2 });
  for (const end of ends.slice(1)) end('ok');
  pass(500);
  expect(await read()).toMatchObject({ busy_threads: 1, queue_length: 0, busy_seconds_total: 2.5 });
  ends[0]!('failed');
  pass(5_000);
  expect(await read()).toMatchObject({ busy_threads: 0, queue_length: 0, busy_seconds_total: 2.5 });
});

it('tasks – timed by how they end; those that find the pool full are counted apart', async () => {
  const { metrics, read, pass } = poolOf(1);
  const end = metrics.begin();
  pass(200);
  end('ok');
  metrics.foundFull();
  expect(await read()).toMatchObject({ task_seconds_count: 1, task_seconds_sum: 0.2, full_total: 1 });
});
