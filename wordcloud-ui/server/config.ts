/** Settings of the page's server, in the style of the services. */
import { baseUrls, ConfigError, loadConfig, processSettings, text, tracesSettings } from '@wordcloud/service-kit';

export const settings = {
  ...processSettings(3100),
  bffAddresses: baseUrls({
    env: 'BFFSVC',
    default: 'http://127.0.0.1:6060',
    description: 'addresses of wordcloud-bff, used in turn',
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
