/** The settings of every process that serves HTTP. Names are go-doudou's where it has one. */
import { LOG_LEVELS } from '@wordcloud/telemetry';
import { choice, duration, integer, text } from './settings.ts';

/** @param port of a machine on which all run beside each other */
export function processSettings(port: number) {
  return {
    host: text({ env: 'GDD_HOST', default: '127.0.0.1', description: 'address to listen on; 0.0.0.0 in containers' }),
    port: integer({
      env: 'GDD_PORT',
      default: port,
      minimum: 0,
      maximum: 65535,
      description: 'HTTP port; 0 takes a free one',
    }),
    logLevel: choice({
      env: 'GDD_LOG_LEVEL',
      values: LOG_LEVELS,
      default: 'info',
      description: 'least severe lines to log',
    }),
    graceTimeoutMs: duration({
      env: 'GDD_GRACE_TIMEOUT',
      default: '15s',
      minimumMs: 100,
      maximumMs: 600_000,
      description: 'how long work in hand may take after SIGTERM',
    }),
  };
}
