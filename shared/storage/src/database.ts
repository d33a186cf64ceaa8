/** One SQL database for a service: SQLite or MySQL by its URL, migrated at start, with transactions that repeat themselves. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Dialect, Kysely, sql, type Transaction } from 'kysely';
import type { Migration } from 'kysely/migration';
import { type DatabaseAddress, parseDatabaseUrl } from './database-url.ts';
import { StorageUnavailableError } from './errors.ts';
import { migrate } from './migrate.ts';
import { ensureMysqlDatabase, isRefused, mysqlDialect } from './mysql.ts';
import { isRepeatable } from './sql-errors.ts';
import { sqliteDialect } from './sqlite.ts';
import { untilAvailable, type WaitOptions } from './until-available.ts';

export type { Kysely, Migration, Transaction };

export interface Database<Schema> {
  readonly kind: 'sqlite' | 'mysql';
  readonly db: Kysely<Schema>;
  /**
   * Runs `work` in a transaction, and again after it lost against another one (deadlock, lock time-out), so it must do
   * nothing but SQL. Inside use `tx` only: on SQLite all other queries of the process wait for the end of the
   * transaction, so that one of them awaited inside would wait for ever.
   */
  transaction<T>(work: (tx: Transaction<Schema>) => Promise<T>): Promise<T>;
  /** @throws StorageUnavailableError when no answer comes within three seconds */
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface DatabaseOptions extends WaitOptions {
  /** `sqlite:/path/file.db`, `sqlite::memory:` or `mysql://user:pass@host:port/database`. */
  url: string;
  /** By name; run in the order of names, each once. A name once released must stay. */
  migrations: Record<string, Migration>;
  /** Connections at most (MySQL); default 10. */
  poolSize?: number;
  /** 0 to 1, for the pause before a transaction is repeated; default Math.random. */
  random?: () => number;
  /** Milliseconds of a clock that never goes back; default performance.now. */
  now?: () => number;
}

const MOST_TRIES = 10;
/** A lock may take ten seconds to time out: one more try then, not ten. */
const LAST_TRY_BEGINS_MS = 15_000;
const LONGEST_PAUSE_MS = 200;
const CHECK_TIMEOUT_MS = 3_000;

/**
 * Opens the database, making it where it is missing, and brings its schema up to date. Waits for a server that is not up
 * yet; several instances may start at once.
 *
 * @throws StorageUnavailableError when the URL is wrong, the server does not come up in time, or a migration fails
 */
export async function openDatabase<Schema>(options: DatabaseOptions): Promise<Database<Schema>> {
  const { migrations, logger, poolSize = 10, random = Math.random, now = () => performance.now() } = options;
  const address = parseDatabaseUrl(options.url);
  if (address.kind === 'mysql') {
    await untilAvailable(address.name, () => ensureMysqlDatabase(address), isRefused, options);
  }
  const db = new Kysely<Schema>({ dialect: dialectOf(address, poolSize, random) });
  try {
    await migrate(db, migrations, address.name, logger);
  } catch (error) {
    await db.destroy();
    throw error;
  }

  return {
    kind: address.kind,
    db,
    async transaction(work) {
      const giveUpAt = now() + LAST_TRY_BEGINS_MS;
      for (let tries = 1; ; tries++) {
        try {
          return await db.transaction().execute(work);
        } catch (error) {
          if (!isRepeatable(error) || tries === MOST_TRIES || now() > giveUpAt) throw error;
          await pause(random() * Math.min(LONGEST_PAUSE_MS, 10 * 2 ** tries));
        }
      }
    },
    async check() {
      const signal = AbortSignal.timeout(CHECK_TIMEOUT_MS);
      await sql`select 1`.execute(db, { signal }).catch((cause: unknown) => {
        throw new StorageUnavailableError(`${address.name} does not answer.`, { cause });
      });
    },
    close: () => db.destroy(),
  };
}

function dialectOf(address: DatabaseAddress, poolSize: number, random: () => number): Dialect {
  return address.kind === 'sqlite' ? sqliteDialect(address.path, random) : mysqlDialect(address, poolSize);
}
