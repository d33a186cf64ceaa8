/** The process of wordcloud-maker. */
import { LIMITS, segContract, taskContract } from '@wordcloud/contracts';
import { objectStoreOptions, openService, runService, startProcess } from '@wordcloud/service-kit';
import { openObjectStore } from '@wordcloud/storage';
import { buildApp } from './app.ts';
import { settings } from './config.ts';
import { createPictureWorkers } from './infra/picture-workers.ts';
import { createSegCounter } from './infra/seg-counter.ts';
import { createObjects } from './infra/stored-objects.ts';
import { createTaskLookup } from './infra/task-lookup.ts';
import { createTaskReporter } from './infra/task-reporter.ts';

await startProcess(async () => {
  const service = await openService('wordcloud-maker', settings, process.env, (config) => ({
    'wordcloud-seg': config.segAddresses,
    'wordcloud-task': config.taskAddresses,
  }));
  const { config, logger, metrics, network, appOptions } = service;
  const store = await openObjectStore(objectStoreOptions(config), { logger });
  const seg = network.connect(segContract, { balancing: config.segBalancing });
  const tasks = network.connect(taskContract, { balancing: config.taskBalancing });
  const workers = createPictureWorkers(config.workers, metrics);
  const objects = createObjects(store);

  const app = await buildApp({
    ...appOptions,
    serviceToken: config.serviceToken,
    checks: { objects: () => store.check(), services: () => network.check() },
    making: {
      objects,
      counter: createSegCounter(seg),
      painter: workers,
      reporter: createTaskReporter(tasks),
      maxTextBytes: config.maxTextBytes,
      maxMaskBytes: LIMITS.maskBytes,
      clock: () => performance.now(),
    },
    encoding: { objects, encoder: workers, taskExists: createTaskLookup(tasks) },
  });
  const afterClose = async () => {
    await Promise.all([workers.close(), store.close()]);
  };
  await runService(service, app, { afterClose });
});
