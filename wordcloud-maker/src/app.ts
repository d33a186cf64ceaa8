/** The app: routes and everything around them, wired; no I/O of its own. */
import { makerContract } from '@wordcloud/contracts';
import {
  type App,
  type AppOptions,
  createApp,
  type ProcessAppOptions,
  requireServiceToken,
} from '@wordcloud/service-kit';
import { createEncodePicture, type EncodeDependencies } from './domain/encode-picture.ts';
import { createMakeCloud, type MakeDependencies } from './domain/make-cloud.ts';
import { measureMaking } from './infra/making-metrics.ts';
import { encodeRoutes } from './routes/encode.ts';
import { makeRoutes } from './routes/make.ts';

export interface AppDependencies extends ProcessAppOptions, Pick<AppOptions, 'checks'> {
  making: MakeDependencies;
  encoding: EncodeDependencies;
  serviceToken: string;
}

export async function buildApp({ making, encoding, serviceToken, ...options }: AppDependencies): Promise<App> {
  const app = await createApp({ ...options, contract: makerContract });
  await app.server.register(async (routes) => {
    routes.addHook('onRequest', requireServiceToken(serviceToken));
    makeRoutes(routes, measureMaking(createMakeCloud(making), options.metrics));
    encodeRoutes(routes, createEncodePicture(encoding));
  });
  return app;
}
