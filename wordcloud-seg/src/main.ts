/** The process of wordcloud-seg. */
import { openService, runService, startProcess } from '@wordcloud/service-kit';
import { buildApp } from './app.ts';
import { settings } from './config.ts';
import { createWorkerSegmenter } from './infra/worker-segmenter.ts';

await startProcess(async () => {
  const service = await openService('wordcloud-seg', settings, process.env);
  const { serviceToken, maxTextBytes, workers } = service.config;
  const segmenter = createWorkerSegmenter(workers, service.metrics);
  const app = await buildApp({ ...service.appOptions, segmenter, serviceToken, maxTextBytes });
  await runService(service, app, { afterClose: () => segmenter.close() });
});
