/** The app: routes and everything around them, wired; no I/O of its own. */
import { segContract } from '@wordcloud/contracts';
import { type App, createApp, type ProcessAppOptions, requireServiceToken } from '@wordcloud/service-kit';
import { createSegmentText, type Segmenter } from './domain/segment-text.ts';
import { measureTexts } from './infra/text-metrics.ts';
import { segmentRoutes } from './routes/segment.ts';

export interface AppDependencies extends ProcessAppOptions {
  segmenter: Segmenter;
  serviceToken: string;
  maxTextBytes: number;
}

export async function buildApp(deps: AppDependencies): Promise<App> {
  const { segmenter, serviceToken, maxTextBytes, ...options } = deps;
  // Base64 takes four characters for three bytes; the rest is for the options.
  const bodyLimit = Math.ceil(maxTextBytes / 3) * 4 + 1024 * 1024;
  const app = await createApp({ ...options, contract: segContract, checks: {}, bodyLimit });
  await app.server.register(async (routes) => {
    routes.addHook('onRequest', requireServiceToken(serviceToken));
    segmentRoutes(routes, measureTexts(createSegmentText(segmenter, maxTextBytes), options.metrics));
  });
  return app;
}
