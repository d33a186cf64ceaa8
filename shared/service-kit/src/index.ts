/** What every service is made of. */
export { type App, type AppOptions, createApp } from './app.ts';
export { commonSettings, maxTextBytesSetting, serviceAddress, workersSetting } from './common-settings.ts';
export { type Config, ConfigError, describeConfig, loadConfig, type Settings } from './config.ts';
export { every, type Repetition } from './every.ts';
export type { Health, ReadinessChecks } from './health.ts';
export { createLongPoll, type LongPoll } from './long-poll.ts';
export { objectStoreOptions, objectStoreSettings } from './object-store-settings.ts';
export { sendProblem } from './problem-handler.ts';
export { type Handler, route } from './route.ts';
export { type RunOptions, runService, startProcess } from './run-service.ts';
export { requireServiceToken } from './service-auth.ts';
export { choice, duration, flag, integer, origin, type Setting, secret, text } from './settings.ts';
export {
  createWorkerPool,
  transferableSymbol,
  valueSymbol,
  type WorkerOutcome,
  type WorkerPool,
} from './worker-pool.ts';
