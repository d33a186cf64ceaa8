/** The services that `make start` runs as local processes: where they listen and how they find each other. */
import { randomBytes } from 'node:crypto';
import { DEFAULT_PORTS, SERVICE_NAMES, type ServiceName } from '@wordcloud/contracts';

export interface LocalService {
  name: ServiceName;
  /** The module that runs it, from the root of the repository. */
  main: string;
  port: number;
  env: Record<string, string>;
}

export interface LocalSystem {
  services: LocalService[];
  bffAddress: string;
  dataDir: string;
}

/** Variable that holds the port of a service, for who wants another one: `BFF_PORT=7060 make start`. */
const PORT_VARIABLE: Record<ServiceName, string> = {
  'wordcloud-bff': 'BFF_PORT',
  'wordcloud-user': 'USER_PORT',
  'wordcloud-task': 'TASK_PORT',
  'wordcloud-seg': 'SEG_PORT',
  'wordcloud-maker': 'MAKER_PORT',
};

/** Those that others need come first. */
const START_ORDER = ['wordcloud-user', 'wordcloud-task', 'wordcloud-seg', 'wordcloud-maker', 'wordcloud-bff'] as const;

/**
 * @param env settings of the user; they win over everything that is set here
 * @throws Error with one clear sentence when a port is no port
 */
export function describeSystem(env: Record<string, string | undefined>, dataDir: string): LocalSystem {
  const ports = Object.fromEntries(
    SERVICE_NAMES.map((name) => [name, parsePort(PORT_VARIABLE[name], env[PORT_VARIABLE[name]], DEFAULT_PORTS[name])]),
  ) as Record<ServiceName, number>;
  const address = (name: ServiceName) => `http://127.0.0.1:${ports[name]}`;
  const common = {
    SERVICE_TOKEN: randomBytes(24).toString('base64url'),
    GDD_MODE: 'mono',
    GDD_MANAGE_USER: 'admin',
    GDD_MANAGE_PASS: 'admin',
    DEMO_ACCOUNT: 'true',
    DATA_DIR: dataDir,
    USERSVC: address('wordcloud-user'),
    TASKSVC: address('wordcloud-task'),
    SEGSVC: address('wordcloud-seg'),
    MAKERSVC: address('wordcloud-maker'),
  };
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
  const services = START_ORDER.map((name) => ({
    name,
    main: `${name}/src/main.ts`,
    port: ports[name],
    env: { ...common, ...given, DATA_DIR: dataDir, GDD_PORT: String(ports[name]) },
  }));
  return { services, bffAddress: address('wordcloud-bff'), dataDir };
}

function parsePort(variable: string, text: string | undefined, fallback: number): number {
  if (text === undefined || text === '') return fallback;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new Error(`${variable}: ${JSON.stringify(text)} is not allowed; give a port from 1 to 65535.`);
}
