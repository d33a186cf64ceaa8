/** Logs and metrics of every process. Traces come here, too. */
export { createLogger, LOG_LEVELS, type Logger, type LoggerOptions, type LogLevel } from './logger.ts';
export { Counter, createMetrics, DURATION_BUCKETS, Gauge, Histogram, type Metrics } from './metrics.ts';
