/** The process of wordcloud-maker. */
import { LIMITS, segContract, taskContract } from '@wordcloud/contracts';
import {
  describeConfig,
  loadConfig,
  objectStoreOptions,
  openNetwork,
  runService,
  startProcess,
} from '@wordcloud/service-kit';
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
  const addresses = { 'wordcloud-seg': config.segAddresses, 'wordcloud-task': config.taskAddresses };
  const network = await openNetwork({ service: 'wordcloud-maker', config, addresses, logger, metrics, now: Date.now });
  const seg = network.connect(segContract, { balancing: config.segBalancing });
  const tasks = network.connect(taskContract, { balancing: config.taskBalancing });
  const painter = createWorkerPainter(config.workers, metrics);

  const app = await buildApp({
    logger,
    metrics,
    serviceToken,
    rootPath: config.rootPath,
    checks: { objects: () => store.check(), services: () => network.check() },
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
    await Promise.all([painter.close(), store.close()]);
  };
  await runService({ ...config, app, network, logger, afterClose });
});
