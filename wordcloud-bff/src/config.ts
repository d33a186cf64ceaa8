/** Settings of wordcloud-bff. */
import {
  balancingSetting,
  commonSettings,
  demoAccountSetting,
  duration,
  flag,
  integer,
  maxTextBytesSetting,
  namedLinks,
  objectStoreSettings,
  rate,
  redisUrl,
  serviceAddresses,
  text,
} from '@wordcloud/service-kit';

const count = (env: string, value: number, minimum: number, description: string) =>
  integer({ env, default: value, minimum, maximum: 100_000, description });

const wait = (env: string, value: string, description: string) =>
  duration({ env, default: value, minimumMs: 0, maximumMs: 60_000, description });

/** How often somebody may come in, and how many are inside at once. */
const limits = {
  addressRate: rate({
    env: 'RATE_LIMIT_ADDRESS',
    default: '200-S-400',
    description: 'requests from one address (of IPv6, one /64 network)',
  }),
  userRate: rate({ env: 'RATE_LIMIT_USER', default: '100-S-200', description: 'requests of one signed-in user' }),
  redisUrl: redisUrl({
    env: 'REDIS_URL',
    description: 'Redis through which all bffs share their rate limits; empty: each limits on its own',
  }),
  workers: count('BULKHEAD_WORKERS', 100, 1, 'requests worked on at once; as many uploads, counted apart'),
  queue: count('BULKHEAD_QUEUE', 1_000, 0, 'requests that may wait for a place; one more is refused'),
  maxWaitMs: wait('BULKHEAD_MAX_WAIT', '5s', 'how long a request may wait for a place'),
  serviceWorkers: count('SERVICE_BULKHEAD_WORKERS', 50, 1, 'calls of one service at once'),
  serviceQueue: count('SERVICE_BULKHEAD_QUEUE', 200, 0, 'calls of one service that may wait; one more is refused'),
  serviceMaxWaitMs: wait('SERVICE_BULKHEAD_MAX_WAIT', '2s', 'how long a call of a service may wait'),
};

export const settings = {
  ...limits,
  ...commonSettings('wordcloud-bff'),
  ...objectStoreSettings(),
  userAddresses: serviceAddresses('USERSVC', 'wordcloud-user'),
  userBalancing: balancingSetting('USERSVC', 'wordcloud-user'),
  taskAddresses: serviceAddresses('TASKSVC', 'wordcloud-task'),
  taskBalancing: balancingSetting('TASKSVC', 'wordcloud-task'),
  makerAddresses: serviceAddresses('MAKERSVC', 'wordcloud-maker'),
  makerBalancing: balancingSetting('MAKERSVC', 'wordcloud-maker'),
  maxTextBytes: maxTextBytesSetting(),
  dispatchConcurrency: integer({
    env: 'DISPATCH_CONCURRENCY',
    default: 2,
    minimum: 1,
    maximum: 50,
    description: 'tasks that this instance has made at the same time',
  }),
  demoAccount: demoAccountSetting(),
  consoles: namedLinks({
    env: 'CONSOLES',
    default: '',
    description: 'consoles that run beside the system, for the page of the system to link to',
  }),
  trustProxy: text({
    env: 'TRUST_PROXY',
    default: '127.0.0.1,::1',
    description: 'proxies whose X-Forwarded-For names the client, and who decide what is traced; addresses or ranges',
  }),
  cookieSecure: flag({
    env: 'COOKIE_SECURE',
    default: false,
    description: 'send the refresh cookie over HTTPS only; turn it on wherever HTTPS is',
  }),
};
