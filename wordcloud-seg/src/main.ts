/** The process of wordcloud-seg. */

import { describeConfig, loadConfig, openNetwork, runService, startProcess } from '@wordcloud/service-kit';
import { createLogger, createMetrics } from '@wordcloud/telemetry';
import { buildApp } from './app.ts';
import { settings } from './config.ts';
import { createWorkerSegmenter } from './infra/worker-segmenter.ts';

await startProcess(async () => {
  const config = loadConfig(settings, process.env);
  const logger = createLogger({ service: 'wordcloud-seg', level: config.logLevel });
  const metrics = createMetrics('wordcloud-seg');
  const network = await openNetwork({
    service: 'wordcloud-seg',
    config,
    addresses: {},
    logger,
    metrics,
    now: Date.now,
  });
  const segmenter = createWorkerSegmenter(config.workers, metrics);
  const app = await buildApp({
    logger,
    metrics,
    rootPath: config.rootPath,
    segmenter,
    serviceToken: config.serviceToken,
    maxTextBytes: config.maxTextBytes,
    ...(config.manageEnabled && {
      management: { user: config.manageUser, pass: config.managePass, config: describeConfig(settings, config) },
    }),
  });
  await runService({ ...config, app, network, logger, afterClose: () => segmenter.close() });
});
