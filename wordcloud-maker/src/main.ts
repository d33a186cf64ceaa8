/** The process of wordcloud-maker. */
import { LIMITS, segContract, taskContract } from '@wordcloud/contracts';
import { createClient, createFixedChannel } from '@wordcloud/rpc';
import { describeConfig, loadConfig, objectStoreOptions, runService, startProcess } from '@wordcloud/service-kit';
import { openObjectStore } from '@wordcloud/storage';
import { createLogger, createMetrics } from '@wordcloud/telemetry';
import { buildApp } from './app.ts';
import { settings } from './config.ts';
import { createSegCounter } from './infra/seg-counter.ts';
import { createObjects } from './infra/stored-objects.ts';
import { createTaskReporter } from './infra/task-reporter.ts';
import { createWorkerPainter } from './infra/worker-painter.ts';

await startProcess(async () => {
  const config = loadConfig(settings, process.env);
  const logger = createLogger({ service: 'wordcloud-maker', level: config.logLevel });
  const metrics = createMetrics('wordcloud-maker');
  const { serviceToken } = config;
  const store = await openObjectStore(objectStoreOptions(config), { logger });
  const seg = createClient(segContract, createFixedChannel('wordcloud-seg', { origin: config.segAddress }), {
    serviceToken,
    metrics,
  });
  const tasks = createClient(taskContract, createFixedChannel('wordcloud-task', { origin: config.taskAddress }), {
    serviceToken,
    metrics,
  });
  const painter = createWorkerPainter(config.workers, metrics);

  const app = await buildApp({
    logger,
    metrics,
    serviceToken,
    checks: { objects: () => store.check() },
    making: {
      objects: createObjects(store),
      counter: createSegCounter(seg),
      painter,
      reporter: createTaskReporter(tasks),
      maxTextBytes: config.maxTextBytes,
      maxMaskBytes: LIMITS.maskBytes,
      clock: () => performance.now(),
    },
    ...(config.manageEnabled && {
      management: { user: config.manageUser, pass: config.managePass, config: describeConfig(settings, config) },
    }),
  });
  const afterClose = async () => {
    await Promise.all([painter.close(), seg.close(), tasks.close(), store.close()]);
  };
  await runService({ ...config, app, logger, afterClose });
});
