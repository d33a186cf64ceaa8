/** The first steps of every service process: settings, logs, metrics, traces, and the other services. */
import type { ServiceName } from '@wordcloud/contracts';
import { createLogger, createMetrics, type Logger, type Metrics, type Tracing } from '@wordcloud/telemetry';
import type { AppOptions } from './app.ts';
import type { commonSettings } from './common-settings.ts';
import { type Config, describeConfig, loadConfig, type Settings } from './config.ts';
import { createFaults } from './faults/faults.ts';
import { type Network, type NetworkOptions, openNetwork } from './network.ts';
import { openTracing } from './traces-settings.ts';

type CommonSettings = ReturnType<typeof commonSettings>;

/** What `createApp` takes from the process, the same in all services. */
export type ProcessAppOptions = Pick<
  AppOptions,
  'logger' | 'metrics' | 'tracing' | 'management' | 'instance' | 'rootPath'
>;

export interface OpenedService<S extends Settings> {
  config: Config<S>;
  logger: Logger;
  metrics: Metrics;
  tracing: Tracing;
  network: Network;
  appOptions: ProcessAppOptions;
}

/**
 * @param addressesOf the fixed addresses of the services that this one calls; default: it calls none
 * @throws ConfigError when a setting is wrong or the gossip port is taken
 */
export async function openService<S extends Settings & CommonSettings>(
  service: ServiceName,
  settings: S,
  env: Record<string, string | undefined>,
  addressesOf: (config: Config<S>) => NetworkOptions['addresses'] = () => ({}),
): Promise<OpenedService<S>> {
  const config = loadConfig(settings, env);
  // What the compiler cannot see through the generic type: the common settings are among them.
  const common = config as unknown as Config<CommonSettings>;
  const logger = createLogger({ service, level: common.logLevel });
  const metrics = createMetrics(service);
  const tracing = openTracing(service, common, logger);
  const addresses = addressesOf(config);
  const network = await openNetwork({ service, config: common, addresses, logger, metrics, tracing, now: Date.now });
  const management = common.manageEnabled && {
    management: {
      user: common.manageUser,
      pass: common.managePass,
      config: describeConfig(settings, config),
      registry: { discovery: network.discovery, history: network.history, self: network.self, now: Date.now },
    },
  };
  const instance = {
    serviceToken: common.serviceToken,
    channels: network.channels,
    ...(common.demoFaults && { faults: createFaults() }),
  };
  const appOptions = { logger, metrics, tracing, instance, rootPath: common.rootPath, ...management };
  return { config, logger, metrics, tracing, network, appOptions };
}
