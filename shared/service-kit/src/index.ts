/** What every service is made of. */
export { type App, type AppOptions, createApp } from './app.ts';
export { commonSettings, maxTextBytesSetting, serviceAddresses, workersSetting } from './common-settings.ts';
export { type Config, ConfigError, type Settings } from './config.ts';
export { balancingSetting } from './discovery-settings.ts';
export { every, type Repetition } from './every.ts';
export type { Health, ReadinessChecks } from './health.ts';
export { baseUrls, choices, keys, list } from './list-settings.ts';
export { createLongPoll, type LongPoll } from './long-poll.ts';
export type { ConnectOptions, Network } from './network.ts';
export { objectStoreOptions, objectStoreSettings } from './object-store-settings.ts';
export { type OpenedService, openService, type ProcessAppOptions } from './open-service.ts';
export { sendProblem } from './problem-handler.ts';
export { type Handler, route } from './route.ts';
export { type LastSteps, runService, startProcess } from './run-service.ts';
export { requireServiceToken } from './service-auth.ts';
export { choice, duration, flag, integer, type Setting, secret, text } from './settings.ts';
export {
  createWorkerPool,
  transferableSymbol,
  valueSymbol,
  type WorkerOutcome,
  type WorkerPool,
} from './worker-pool.ts';
