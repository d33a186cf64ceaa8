/** One SQL database for a service: SQLite or MySQL by its URL, migrated at start, with transactions that repeat themselves. */
import { setTimeout as pause } from 'node:timers/promises';
import { Kysely, sql, type Transaction } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { StorageUnavailableError } from './errors.ts';
import { ensureMysqlDatabase, mysqlDialect } from './mysql.ts';
import { isRepeatable } from './sql-errors.ts';
import { sqliteDialect } from './sqlite.ts';
import { untilAvailable, type WaitOptions } from './until-available.ts';

export type { Kysely, Migration, Transaction };

export interface Database<Schema> {
  readonly kind: 'sqlite' | 'mysql';
  readonly db: Kysely<Schema>;
  /**
   * Runs `work` in a transaction. It is repeated after a deadlock or a lock time-out, so it must do nothing but SQL.
   * On SQLite every other query of the process waits meanwhile: wait for nothing else in there.
   */
  transaction<T>(work: (tx: Transaction<Schema>) => Promise<T>): Promise<T>;
  /** @throws StorageUnavailableError */
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface DatabaseOptions extends WaitOptions {
  /** `sqlite:/path/file.db`, `sqlite::memory:` or `mysql://user:pass@host:port/database`. */
  url: string;
  /** By name; run in the order of names, each once. */
  migrations: Record<string, Migration>;
  /** Connections at most (MySQL); default 10. */
  poolSize?: number;
  /** 0 to 1, for the pause before a transaction is repeated. */
  random?: () => number;
}

const MOST_TRIES = 10;

/**
 * Opens the database, making it where it is missing, and brings its schema up to date. Waits for a server that is not up
 * yet; several instances may start at once.
 *
 * @throws StorageUnavailableError when the server does not come up in time, or a migration fails
 */
export async function openDatabase<Schema>(options: DatabaseOptions): Promise<Database<Schema>> {
  const { url, poolSize = 10, random = Math.random } = options;
  const sqlitePath = /^sqlite:(.+)$/.exec(url)?.[1];
  if (sqlitePath === undefined && !URL.canParse(url)) {
    throw new StorageUnavailableError(
      'The database URL must be like sqlite:/path/file.db or mysql://user:pass@host:3306/name.',
    );
  }
  const dialect = sqlitePath === undefined ? mysqlDialect(new URL(url), poolSize) : sqliteDialect(sqlitePath);
  const db = new Kysely<Schema>({ dialect });
  try {
    const name = sqlitePath ?? `the database at ${new URL(url).host}`;
    if (sqlitePath === undefined) await untilAvailable(name, () => ensureMysqlDatabase(new URL(url)), options);
    await migrate(db, options.migrations, name);
  } catch (error) {
    await db.destroy();
    throw error;
  }

  return {
    kind: sqlitePath === undefined ? 'mysql' : 'sqlite',
    db,
    async transaction(work) {
      for (let tries = 1; ; tries++) {
        try {
          return await db.transaction().execute(work);
        } catch (error) {
          if (!isRepeatable(error) || tries === MOST_TRIES) throw error;
          await pause(random() * 10 * 2 ** tries);
        }
      }
    },
    async check() {
      await sql`select 1`.execute(db).catch((cause: unknown) => {
        throw new StorageUnavailableError('The database does not answer.', { cause });
      });
    },
    close: () => db.destroy(),
  };
}

async function migrate<Schema>(db: Kysely<Schema>, migrations: Record<string, Migration>, name: string): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find(({ status }) => status === 'Error')?.migrationName;
  const message = error instanceof Error ? error.message : String(error);
  throw new StorageUnavailableError(`${name} cannot be migrated${failed ? ` (${failed})` : ''}: ${message}`, {
    cause: error,
  });
}
