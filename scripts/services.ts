/** The services that `make start` runs as local processes: how many of each, where they listen and how they find each other. */
import { randomBytes } from 'node:crypto';
import { DEFAULT_GOSSIP_PORTS, DEFAULT_PORTS, SERVICE_NAMES, type ServiceName } from '@wordcloud/contracts';

/** Everything that `make start` runs. */
export type ProcessName = ServiceName | 'wordcloud-ui';

export interface LocalService {
  service: ProcessName;
  /** Which of its instances, from 1. */
  instance: number;
  /** `wordcloud-seg`, or `wordcloud-seg-2` where there are several. */
  name: string;
  /** The module that runs it, from the root of the repository. */
  main: string;
  port: number;
  /** Left out: it does not gossip. */
  gossipPort?: number;
  env: Record<string, string>;
}

export interface LocalSystem {
  services: LocalService[];
  bffAddress: string;
  dataDir: string;
}

/** Says where an instance (from 1) listens. */
export type ChoosePorts = (service: ServiceName, instance: number) => { port: number; gossipPort: number };

/** Those that others need come first. */
export const START_ORDER = [
  'wordcloud-user',
  'wordcloud-task',
  'wordcloud-seg',
  'wordcloud-maker',
  'wordcloud-bff',
] as const;

const DEFAULT_UI_PORT = 3100;
/** Between the ports of one instance and those of the next. */
const PORT_STEP = 10;
const MOST_INSTANCES = 50;

/** `BFF_PORT=7060` moves the bff, `SCALE_MAKER=3` makes three makers. */
export const variableOf = (prefix: 'SCALE_' | '', service: ProcessName, suffix: '_PORT' | ''): string =>
  `${prefix}${service.slice('wordcloud-'.length).toUpperCase()}${suffix}`;

/**
 * @param env settings of the user; they win over everything that is set here
 * @param choosePorts default: the ports of the settings and of the architecture, ten more for each further instance
 * @throws Error with one clear sentence when a port is no port or a number no number
 */
export function describeSystem(
  env: Record<string, string | undefined>,
  dataDir: string,
  choosePorts: ChoosePorts = portsBySettings(env),
): LocalSystem {
  const places = START_ORDER.flatMap((service) =>
    Array.from({ length: instancesOf(service, env) }, (_, index) => ({
      service,
      instance: index + 1,
      ...choosePorts(service, index + 1),
    })),
  );
  const addressesOf = (service: ServiceName) =>
    places.filter((place) => place.service === service).map(({ port }) => `http://127.0.0.1:${port}`);
  const common = {
    SERVICE_TOKEN: randomBytes(24).toString('base64url'),
    GDD_MANAGE_USER: 'admin',
    GDD_MANAGE_PASS: 'admin',
    DEMO_ACCOUNT: 'true',
    DEMO_FAULTS: 'true',
    // One of each service: any of them lets a newcomer in.
    GDD_MEM_SEED: places
      .filter(({ instance }) => instance === 1)
      .map(({ gossipPort }) => `127.0.0.1:${gossipPort}`)
      .join(),
    USERSVC: addressesOf('wordcloud-user').join(),
    TASKSVC: addressesOf('wordcloud-task').join(),
    SEGSVC: addressesOf('wordcloud-seg').join(),
    MAKERSVC: addressesOf('wordcloud-maker').join(),
  };
  const given = definedOf(env);
  const services = places.map(({ service, instance, port, gossipPort }) => ({
    service,
    instance,
    name: addressesOf(service).length === 1 ? service : `${service}-${instance}`,
    main: `${service}/src/main.ts`,
    port,
    gossipPort,
    env: {
      ...common,
      ...given,
      DATA_DIR: dataDir,
      GDD_PORT: String(port),
      GDD_MEM_PORT: String(gossipPort),
      GDD_MEM_NAME: `${service}-${instance}`,
    },
  }));
  return { services, bffAddress: addressesOf('wordcloud-bff')[0]!, dataDir };
}

/**
 * The server of the page, in front of all bffs.
 *
 * @throws Error when `UI_PORT` is no port
 */
export function describePage(env: Record<string, string | undefined>, { services }: LocalSystem): LocalService {
  const port = parseWhole('UI_PORT', env.UI_PORT, DEFAULT_UI_PORT, 1, 65_535, 'port');
  const bffs = services.filter(({ service }) => service === 'wordcloud-bff');
  return {
    service: 'wordcloud-ui',
    instance: 1,
    name: 'wordcloud-ui',
    main: 'wordcloud-ui/server/main.ts',
    port,
    env: {
      BFFSVC: bffs.map((bff) => `http://127.0.0.1:${bff.port}`).join(),
      ...definedOf(env),
      GDD_PORT: String(port),
    },
  };
}

const definedOf = (env: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));

function instancesOf(service: ServiceName, env: Record<string, string | undefined>): number {
  const variable = variableOf('SCALE_', service, '');
  return parseWhole(variable, env[variable], 1, 1, MOST_INSTANCES, 'number of instances');
}

function portsBySettings(env: Record<string, string | undefined>): ChoosePorts {
  const bases = Object.fromEntries(
    SERVICE_NAMES.map((service) => {
      const variable = variableOf('', service, '_PORT');
      return [service, parseWhole(variable, env[variable], DEFAULT_PORTS[service], 1, 65_535, 'port')];
    }),
  ) as Record<ServiceName, number>;
  const lowest = Math.min(...Object.values(DEFAULT_GOSSIP_PORTS));
  const gossipBase = parseWhole('GOSSIP_PORT', env.GOSSIP_PORT, lowest, 1, 65_000, 'port');
  return (service, instance) => {
    const further = (instance - 1) * PORT_STEP;
    return {
      port: bases[service] + further,
      gossipPort: gossipBase + DEFAULT_GOSSIP_PORTS[service] - lowest + further,
    };
  };
}

function parseWhole(
  variable: string,
  text: string | undefined,
  fallback: number,
  least: number,
  most: number,
  what: string,
): number {
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`${variable}: ${JSON.stringify(text)} is not allowed; give a ${what} from ${least} to ${most}.`);
}
