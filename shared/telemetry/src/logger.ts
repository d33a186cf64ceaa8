/** Logs as JSON lines on standard output (pino). Whoever runs the process decides how they look. */
import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import { activeStep } from './active-step.ts';

export type { Logger };

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LoggerOptions {
  /** Name of the service; stands in every line. */
  service: string;
  /** Default `info`. */
  level?: LogLevel;
  /** Where lines go; default standard output. */
  destination?: DestinationStream;
}

const SECRETS = [
  'password',
  'accessToken',
  'refreshToken',
  'serviceToken',
  'secretKey',
  'authorization',
  'cookie',
  'set-cookie',
];

/**
 * Makes the logger of a process. What could hold a secret is redacted wherever it stands one or two levels deep.
 * Lines that are written within a recorded step carry its `traceId` and `spanId`.
 *
 * @example
 * const log = createLogger({ service: 'wordcloud-seg' });
 * log.info({ requestId, taskId }, 'segmented');
 */
export function createLogger({ service, level = 'info', destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { service },
    timestamp: stdTimeFunctions.isoTime,
    // A new object each time: pino writes the line's own fields into it.
    mixin() {
      const step = activeStep();
      return step ? { traceId: step.traceId, spanId: step.spanId } : {};
    },
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: SECRETS.flatMap((name) => ['', '*', '*.*'].map((at) => `${at}["${name}"]`)),
      censor: '[redacted]',
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
