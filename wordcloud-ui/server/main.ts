/** The process of wordcloud-ui: serves the built page, and passes `/api` on to the bff. */
import { existsSync } from 'node:fs';
import { ConfigError, startProcess } from '@wordcloud/service-kit';
import { createLogger } from '@wordcloud/telemetry';
import { type App, buildApp } from './app.ts';
import { readConfig } from './config.ts';
import { PAGE_FOLDER } from './page-folder.ts';

await startProcess(async () => {
  const { host, port, bffAddresses, logLevel, graceTimeoutMs, trustProxy } = readConfig(process.env);
  if (!existsSync(`${PAGE_FOLDER}/index.html`)) {
    throw new ConfigError('The page is not built yet. Build it: node wordcloud-ui/server/build.ts');
  }
  const logger = createLogger({ service: 'wordcloud-ui', level: logLevel });
  const app = await buildApp({ folder: PAGE_FOLDER, bffAddresses, logger, trustProxy, now: Date.now });
  const address = await app.server.listen({ host, port }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new ConfigError(
      `Port ${port} on ${host} is taken: stop the program that uses it, or set GDD_PORT to another port.`,
    );
  });

  const stop = createStop(app, graceTimeoutMs);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal));
  logger.info({ address }, 'ready');

  function createStop({ server, drain }: App, limitMs: number) {
    return async (reason: string): Promise<void> => {
      logger.info({ reason }, 'stopping: finishing what is in hand');
      const limit = setTimeout(() => {
        logger.error({ graceTimeoutMs: limitMs }, 'stopping took too long: giving up what is still in hand');
        process.exit(1);
      }, limitMs);
      drain();
      await server.close();
      clearTimeout(limit);
      logger.info('stopped');
    };
  }
});
