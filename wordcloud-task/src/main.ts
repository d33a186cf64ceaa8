/** The process of wordcloud-task. */
import { every, openService, runService, startProcess } from '@wordcloud/service-kit';
import { openDatabase } from '@wordcloud/storage';
import { buildApp } from './app.ts';
import { settings } from './config.ts';
import { createQueueMetrics } from './infra/queue-metrics.ts';
import { migrations, type TaskSchema } from './infra/schema.ts';
import { createTaskRepository } from './infra/task-repository.ts';

const FORGET_MS = 60_000;

await startProcess(async () => {
  const service = await openService('wordcloud-task', settings, process.env);
  const { config, logger, metrics, appOptions } = service;
  const url = config.databaseUrl || `sqlite:${config.dataDir}/task.db`;
  const database = await openDatabase<TaskSchema>({ url, migrations, logger });
  const tasks = createTaskRepository(database);
  const { maxAttempts, leaseMs, sweepMs, changeRetentionMs, serviceToken } = config;

  const app = await buildApp({
    ...appOptions,
    tasks,
    maxAttempts,
    leaseMs,
    serviceToken,
    now: Date.now,
    random: Math.random,
    observe: createQueueMetrics(metrics, tasks, Date.now),
    checks: { database: () => database.check() },
  });

  const failed = (work: string) => (error: unknown) => logger.warn({ err: error, work }, 'background work failed');
  const sweep = async () => {
    if ((await app.queue.sweep()) > 0) app.poll.notify();
  };
  const sweeping = every(sweepMs, sweep, failed('sweep'));
  const forgetting = every(FORGET_MS, () => tasks.forgetChanges(Date.now() - changeRetentionMs), failed('forget'));
  const afterClose = async () => {
    await Promise.all([sweeping.stop(), forgetting.stop()]);
    await database.close();
  };
  await runService(service, app, { afterClose });
});
