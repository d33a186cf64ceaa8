/** MySQL (8.4) and MariaDB through mysql2, as a Kysely dialect. */
import { CompiledQuery, type Dialect, MysqlDialect } from 'kysely';
import { createPool } from 'mysql2';
import { createConnection } from 'mysql2/promise';

interface Server {
  host: string;
  port: number;
  user: string;
  password: string;
}

/** Takes `mysql://user:pass@host:port/database` apart. */
function parse(url: URL): { server: Server; database: string } {
  return {
    server: {
      host: url.hostname,
      port: Number(url.port || 3306),
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
    },
    database: decodeURIComponent(url.pathname.slice(1)),
  };
}

export function mysqlDialect(url: URL, connectionLimit: number): Dialect {
  const { server, database } = parse(url);
  return new MysqlDialect({
    pool: createPool({
      ...server,
      database,
      connectionLimit,
      charset: 'utf8mb4',
      timezone: 'Z',
      waitForConnections: true,
    }),
    // READ COMMITTED locks only the rows that a statement finds, not the gaps between them: fewer deadlocks in the queue.
    onCreateConnection: async (connection) => {
      await connection.executeQuery(CompiledQuery.raw('set session transaction isolation level read committed'));
    },
  });
}

/** Makes the database when it is missing and the user may; otherwise connecting to it will say what is wrong. */
export async function ensureMysqlDatabase(url: URL): Promise<void> {
  const { server, database } = parse(url);
  const connection = await createConnection(server);
  try {
    await connection.query('create database if not exists ?? character set utf8mb4 collate utf8mb4_bin', [database]);
  } catch (error) {
    if ((error as { code?: string }).code !== 'ER_DBACCESS_DENIED_ERROR') throw error;
  } finally {
    await connection.end();
  }
}
