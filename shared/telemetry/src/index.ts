/** Logs, metrics and traces of every process. */
export { activeStep, inSpan, inStep, type Note, notePart, type SpanDescription } from './active-step.ts';
export type { JaegerTarget } from './jaeger-exporter.ts';
export { createLogger, LOG_LEVELS, type Logger, type LoggerOptions, type LogLevel } from './logger.ts';
export { Counter, createMetrics, DURATION_BUCKETS, Gauge, Histogram, type Metrics } from './metrics.ts';
export type { Outcome, Recorder } from './recorder.ts';
export { type IncomingHeaders, type TraceContext, traceparentOf } from './trace-headers.ts';
export { createTracing, type Tracing, type TracingOptions } from './tracing.ts';
