import { type Bulkhead, type Config, createBulkhead, createBulkheadMetrics } from '@wordcloud/service-kit';
import type { Metrics } from '@wordcloud/telemetry';
import type { settings } from '../config.ts';

/** At the door, and one for each service behind it: a slow maker must not keep anybody from logging in. */
export type Bulkheads = Record<'requests' | 'uploads' | 'users' | 'tasks' | 'maker', Bulkhead>;

export function createBulkheads(config: Config<typeof settings>, metrics: Metrics): Bulkheads {
  const bulkheadMetrics = createBulkheadMetrics(metrics);
  const atDoor = { workers: config.workers, queue: config.queue, maxWaitMs: config.maxWaitMs };
  const behind = {
    workers: config.serviceWorkers,
    queue: config.serviceQueue,
    maxWaitMs: config.serviceMaxWaitMs,
  };
  const create = (name: string, size: typeof atDoor) => createBulkhead({ name, ...size, metrics: bulkheadMetrics });
  return {
    requests: create('requests', atDoor),
    uploads: create('uploads', atDoor),
    users: create('wordcloud-user', behind),
    tasks: create('wordcloud-task', behind),
    maker: create('wordcloud-maker', behind),
  };
}
