/** MySQL (8.4) and MariaDB through mysql2, as a Kysely dialect. */
import { type Dialect, MysqlDialect } from 'kysely';
import { createPool } from 'mysql2';
import { createConnection } from 'mysql2/promise';
import type { DatabaseAddress } from './database-url.ts';
import { NamingDriver } from './mysql-driver.ts';

interface Server {
  host: string;
  port: number;
  user: string;
  password: string;
  connectTimeout: number;
  ssl?: { rejectUnauthorized: boolean; verifyIdentity: boolean; minVersion: string };
}

type MysqlAddress = Extract<DatabaseAddress, { kind: 'mysql' }>;

const CONNECT_TIMEOUT_MS = 5_000;

/**
 * READ COMMITTED locks only the rows that a statement finds, not the gaps between them: fewer deadlocks in the queue.
 * A lock that does not come within ten seconds (not the server's 50) is a transaction to repeat. Strict: a value that does
 * not fit is an error and is never cut.
 */
const SESSION = `set session transaction isolation level read committed;
  set session time_zone = '+00:00', innodb_lock_wait_timeout = 10,
    sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'`.split(';');

/** Takes `mysql://user:pass@host:port/database` apart. */
function parse({ url, tls }: MysqlAddress): { server: Server; database: string } {
  return {
    server: {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port || 3306),
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      connectTimeout: CONNECT_TIMEOUT_MS,
      ...(tls !== 'DISABLED' && {
        ssl: {
          rejectUnauthorized: tls === 'VERIFY_IDENTITY',
          verifyIdentity: tls === 'VERIFY_IDENTITY',
          minVersion: 'TLSv1.2',
        },
      }),
    },
    database: decodeURIComponent(url.pathname.slice(1)),
  };
}

/**
 * @param connectionLimit connections at most
 * @returns a dialect whose connections are all set up alike; a server that is away is a StorageUnavailableError
 */
export function mysqlDialect(address: MysqlAddress, connectionLimit: number): Dialect {
  const { server, database } = parse(address);
  const pool = createPool({
    ...server,
    database,
    connectionLimit,
    charset: 'utf8mb4',
    timezone: 'Z',
    // A sum is a DECIMAL, which would come as a string; SQLite gives a number.
    decimalNumbers: true,
  });
  // Commands of a connection run in order, so these come before any query; without them it must not be used.
  pool.on('connection', (connection) => {
    for (const command of SESSION) connection.query(command, (error) => error && connection.destroy());
  });
  const config = { pool };
  const dialect = new MysqlDialect(config);
  const source = { system: 'mysql', namespace: database, server } as const;
  return {
    createDriver: () => new NamingDriver(config, source),
    createAdapter: () => dialect.createAdapter(),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: (db) => dialect.createIntrospector(db),
  };
}

/** Makes the database when it is missing and the user may; otherwise connecting to it will say what is wrong. */
export async function ensureMysqlDatabase(address: MysqlAddress): Promise<void> {
  const { server, database } = parse(address);
  const connection = await createConnection(server);
  try {
    await connection.query('create database if not exists ?? character set utf8mb4 collate utf8mb4_bin', [database]);
  } catch (error) {
    if (codeOf(error) !== 'ER_DBACCESS_DENIED_ERROR') throw error;
    await connection.query('use ??', [database]);
  } finally {
    await connection.end();
  }
}

const REFUSALS = [
  ...['ER_ACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR'],
  // We want TLS and the server has none, or the other way round, or its certificate is not one to trust.
  ...['HANDSHAKE_NO_SSL_SUPPORT', 'HANDSHAKE_SSL_ERROR', 'ER_SECURE_TRANSPORT_REQUIRED'],
];

/** Wrong user, password, rights or certificate: waiting does not help. */
export const isRefused = (error: unknown): boolean => REFUSALS.includes(codeOf(error) ?? '');

const codeOf = (error: unknown) => (error as { code?: string }).code;
