/** What every service is made of. */
export { type App, type AppOptions, createApp } from './app.ts';
export { closeConnectionsWhileClosing } from './close-connections.ts';
export {
  commonSettings,
  demoAccountSetting,
  maxTextBytesSetting,
  serviceAddresses,
  workersSetting,
} from './common-settings.ts';
export { type Config, ConfigError, loadConfig, type Settings } from './config.ts';
export { balancingSetting } from './discovery-settings.ts';
export { every, type Repetition } from './every.ts';
export { linksOf } from './faults/instance-routes.ts';
export type { Health, ReadinessChecks } from './health.ts';
export { addressKey } from './limits/address-key.ts';
export { type Bulkhead, createBulkhead } from './limits/bulkhead.ts';
export { bulkheadChannel } from './limits/bulkhead-channel.ts';
export { useBulkhead } from './limits/bulkhead-hook.ts';
export { createBulkheadMetrics } from './limits/bulkhead-metrics.ts';
export type { Limit } from './limits/gcra.ts';
export { rate } from './limits/rate.ts';
export { rateLimit } from './limits/rate-limit-hook.ts';
export { redisUrl } from './limits/redis-url-setting.ts';
export { createSharedLimiter, type SharedLimiter } from './limits/shared-limiter.ts';
export { type NamedLink, namedLinks } from './links-setting.ts';
export { baseUrls, choices, keys, list } from './list-settings.ts';
export { createLongPoll, type LongPoll } from './long-poll.ts';
export type { ConnectOptions, Network } from './network.ts';
export { objectStoreOptions, objectStoreSettings } from './object-store-settings.ts';
export { type OpenedService, openService, type ProcessAppOptions } from './open-service.ts';
export { sendProblem } from './problem-handler.ts';
export { processSettings } from './process-settings.ts';
export { registryRows } from './registry/registry-rows.ts';
export { type RequestTraceOptions, useRequestTrace } from './request-trace.ts';
export { type Handler, route } from './route.ts';
export { type LastSteps, runService, startProcess } from './run-service.ts';
export { requireServiceToken } from './service-auth.ts';
export { choice, duration, flag, integer, type Setting, secret, text } from './settings.ts';
export { openTracing, tracesSettings } from './traces-settings.ts';
export {
  createWorkerPool,
  transferableSymbol,
  valueSymbol,
  type WorkerOutcome,
  type WorkerPool,
} from './worker-pool.ts';
