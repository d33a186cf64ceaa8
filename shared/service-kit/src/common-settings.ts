/** The settings that every service has. Names are go-doudou's where it has one. */
import { DEFAULT_PORTS, LIMITS, type ServiceName } from '@wordcloud/contracts';
import { discoverySettings } from './discovery-settings.ts';
import { baseUrls } from './list-settings.ts';
import { processSettings } from './process-settings.ts';
import { flag, integer, rootPath, secret, text } from './settings.ts';
import { tracesSettings } from './traces-settings.ts';

export function commonSettings(service: ServiceName) {
  return {
    ...processSettings(DEFAULT_PORTS[service]),
    rootPath: rootPath({
      env: 'GDD_ROUTE_ROOT_PATH',
      default: '',
      description: 'path before that of every route, as /seg; empty: none',
    }),
    ...discoverySettings(service),
    ...tracesSettings(),
    manageEnabled: flag({
      env: 'GDD_MANAGE_ENABLE',
      default: true,
      description: 'serve the management pages under /go-doudou',
    }),
    manageUser: text({ env: 'GDD_MANAGE_USER', default: 'admin', description: 'user of the management pages' }),
    managePass: secret({
      env: 'GDD_MANAGE_PASS',
      minLength: 4,
      optional: true,
      description: 'password of the management pages; without one they are closed',
    }),
    demoFaults: flag({
      env: 'DEMO_FAULTS',
      default: false,
      description: 'for a demonstration: signed-in users may make instances slow, faulty or stop',
    }),
    serviceToken: secret({
      env: 'SERVICE_TOKEN',
      minLength: 16,
      description: 'shared secret with which services call each other',
    }),
  };
}

/** Where another service is, in mono mode. go-doudou's names: `USERSVC`, `TASKSVC`, `SEGSVC`, `MAKERSVC`. */
export function serviceAddresses(env: 'USERSVC' | 'TASKSVC' | 'SEGSVC' | 'MAKERSVC', service: ServiceName) {
  return baseUrls({
    env,
    default: `http://127.0.0.1:${DEFAULT_PORTS[service]}`,
    description: `addresses of ${service} in mono mode`,
  });
}

/** The account that everybody may use; the bff tells of it, the user service makes it. */
export function demoAccountSetting() {
  return flag({
    env: 'DEMO_ACCOUNT',
    default: false,
    description: 'make the account jackchen with the password 1234: for demonstrations only',
  });
}

/** The largest text: the same limit at the door and behind it. */
export function maxTextBytesSetting() {
  return integer({
    env: 'MAX_TEXT_BYTES',
    default: LIMITS.bytes,
    minimum: 1024,
    maximum: 1024 ** 3,
    description: 'largest text in bytes',
  });
}

/** How many worker threads a service has. */
export function workersSetting(env: 'SEG_WORKERS' | 'MAKER_WORKERS') {
  return integer({ env, default: 0, minimum: 0, maximum: 64, description: 'worker threads; 0: one for each core' });
}
