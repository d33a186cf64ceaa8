/** Settings of wordcloud-bff. */
import {
  balancingSetting,
  commonSettings,
  flag,
  integer,
  maxTextBytesSetting,
  objectStoreSettings,
  serviceAddresses,
  text,
} from '@wordcloud/service-kit';

export const settings = {
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
  trustProxy: text({
    env: 'TRUST_PROXY',
    default: '127.0.0.1,::1',
    description: 'proxies whose X-Forwarded-For names the client, addresses or ranges',
  }),
  cookieSecure: flag({
    env: 'COOKIE_SECURE',
    default: false,
    description: 'send the refresh cookie over HTTPS only; turn it on wherever HTTPS is',
  }),
};
