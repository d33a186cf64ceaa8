/** The process of wordcloud-ui: serves the built page, and passes `/api` on to the bff. */
import { existsSync } from 'node:fs';
import { ConfigError, openTracing, startProcess } from '@wordcloud/service-kit';
import { createLogger, type Tracing } from '@wordcloud/telemetry';
import { type App, buildApp } from './app.ts';
import { readConfig } from './config.ts';
import { PAGE_FOLDER } from './page-folder.ts';

await startProcess(async () => {
  const config = readConfig(process.env);
  const { host, port, bffAddresses, logLevel, graceTimeoutMs, trustProxy } = config;
  if (!existsSync(`${PAGE_FOLDER}/index.html`)) {
    throw new ConfigError('The page is not built yet. Build it: node wordcloud-ui/server/build.ts');
  }
  const logger = createLogger({ service: 'wordcloud-ui', level: logLevel });
  // Without: where no traces are taken here, they begin at the bff.
  const tracing = config.tracesExporter === 'none' ? undefined : openTracing('wordcloud-ui', config, logger);
  const app = await buildApp({ folder: PAGE_FOLDER, bffAddresses, logger, tracing, trustProxy, now: Date.now });
  const address = await app.server.listen({ host, port }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new ConfigError(
      `Port ${port} on ${host} is taken: stop the program that uses it, or set GDD_PORT to another port.`,
    );
  });

  const stop = createStop(app, tracing, graceTimeoutMs);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal));
  logger.info({ address }, 'ready');

  function createStop({ server, drain }: App, traces: Tracing | undefined, limitMs: number) {
    return async (reason: string): Promise<void> => {
      logger.info({ reason }, 'stopping: finishing what is in hand');
      const limit = setTimeout(() => {
        logger.error({ graceTimeoutMs: limitMs }, 'stopping took too long: giving up what is still in hand');
        process.exit(1);
      }, limitMs);
      drain();
      await server.close();
      await traces?.shutdown();
      clearTimeout(limit);
      logger.info('stopped');
    };
  }
});
