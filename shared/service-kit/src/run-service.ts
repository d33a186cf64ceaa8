/** The life of a service process: listen, tell the others, and on a signal leave them and finish what is in hand before closing. */
import type { AddressInfo } from 'node:net';
import type { App } from './app.ts';
import { ConfigError, type Settings } from './config.ts';
import type { OpenedService } from './open-service.ts';

/** What is needed of the opened service. */
export interface RunnableService extends Pick<OpenedService<Settings>, 'logger' | 'tracing' | 'network'> {
  config: {
    host: string;
    port: number;
    /** Milliseconds that work in hand may take after a signal; then the process ends with status 1. */
    graceTimeoutMs: number;
  };
}

export interface LastSteps {
  /** Runs before the server stops taking requests: stop own loops, finish work in hand. */
  beforeClose?: () => Promise<void>;
  /** Runs after the last request: close pools and files. */
  afterClose?: () => Promise<void>;
}

/**
 * @returns the address it listens on
 * @throws Error when the port is taken, saying so in one sentence
 */
export async function runService(service: RunnableService, app: App, lastSteps: LastSteps = {}): Promise<string> {
  const { logger, network, config } = service;
  const { host, port } = config;
  let address: string;
  try {
    address = await app.server.listen({ host, port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new ConfigError(
      `Port ${port} on ${host} is taken: stop the program that uses it, or set GDD_PORT to another port.`,
    );
  }
  network.enter((app.server.server.address() as AddressInfo).port);
  const stop = createStop(service, app, lastSteps);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal));
  logger.info({ address }, 'ready');
  return address;
}

function createStop(
  { network, logger, tracing, config: { graceTimeoutMs } }: RunnableService,
  app: App,
  { beforeClose, afterClose }: LastSteps,
) {
  return async (reason: string): Promise<void> => {
    logger.info({ reason }, 'stopping: finishing what is in hand');
    const limit = setTimeout(() => {
      logger.error({ graceTimeoutMs }, 'stopping took too long: giving up what is still in hand');
      process.exit(1);
    }, graceTimeoutMs);
    try {
      app.health.drain();
      // First of all, so that nobody sends anything more while the rest is finished.
      await Promise.all([network.leave(), beforeClose?.()]);
      await app.server.close();
      await afterClose?.();
      await network.close();
      await tracing.shutdown();
      clearTimeout(limit);
      logger.info('stopped');
    } catch (error) {
      logger.error({ err: error }, 'stopping failed');
      await tracing.shutdown();
      process.exit(1);
    }
  };
}

/**
 * Runs a service's main function. What a person can mend (a wrong setting, a store or database that is away) ends the
 * process with a sentence and nothing else.
 */
export async function startProcess(main: () => Promise<unknown>): Promise<void> {
  try {
    await main();
  } catch (error) {
    const { code, message, stack } = error as NodeJS.ErrnoException;
    const isMendable = error instanceof ConfigError || code === 'STORAGE_UNAVAILABLE';
    const text = isMendable ? message : (stack ?? String(error));
    process.stderr.write(`${text}\n`);
    process.exit(1);
  }
}
