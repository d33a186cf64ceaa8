/** Settings of the page's server, in the style of the services. */
import {
  baseUrls,
  ConfigError,
  choice,
  duration,
  integer,
  loadConfig,
  text,
  tracesSettings,
} from '@wordcloud/service-kit';
import { LOG_LEVELS } from '@wordcloud/telemetry';

export const settings = {
  host: text({ env: 'GDD_HOST', default: '127.0.0.1', description: 'address to listen on; 0.0.0.0 in containers' }),
  port: integer({
    env: 'GDD_PORT',
    default: 3100,
    minimum: 0,
    maximum: 65535,
    description: 'HTTP port; 0 takes a free one',
  }),
  bffAddresses: baseUrls({
    env: 'BFFSVC',
    default: 'http://127.0.0.1:6060',
    description: 'addresses of wordcloud-bff, used in turn',
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
    description: 'how long requests in hand may take after SIGTERM',
  }),
  ...tracesSettings(),
  trustProxy: text({
    env: 'TRUST_PROXY',
    default: '',
    description: 'proxies whose X-Forwarded-For names the client, addresses or ranges; empty: none',
  }),
};

/** @throws ConfigError naming each wrong setting */
export function readConfig(env: Record<string, string | undefined>) {
  const config = loadConfig(settings, env);
  const withPath = config.bffAddresses.find((address) => new URL(address).pathname !== '/');
  if (withPath !== undefined)
    throw new ConfigError(`BFFSVC: "${withPath}" is not allowed; give addresses without a path.`);
  return config;
}
