/** SQLite through Node's own `node:sqlite`, as a Kysely dialect: the embedded default, with nothing to install. */
import { mkdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
} from 'kysely';
import { inStatementSpan, type SpanSource } from './sql-span.ts';
import { whileBusy } from './while-busy.ts';

/**
 * How long SQLite itself waits for another process that writes to the same file. It blocks the event loop meanwhile, so
 * it is short; `whileBusy` does the rest.
 */
const BLOCKING_WAIT_MS = 20;

/**
 * @param path of the file, whose folder is made; or `:memory:`
 * @param random 0 to 1, for the pauses while another process writes
 */
export function sqliteDialect(path: string, random: () => number): Dialect {
  const config = { database: () => whileBusy(() => openDatabase(path), random) };
  const dialect = new SqliteDialect(config);
  return {
    createDriver: () => new PatientDriver(config, random, { system: 'sqlite', namespace: basename(path) }),
    createAdapter: () => new TransactionalAdapter(),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: (db) => dialect.createIntrospector(db),
  };
}

/** Kysely's driver, but begins transactions safely and waits for other processes without blocking this one. */
class PatientDriver extends SqliteDriver {
  readonly #random: () => number;
  readonly #source: SpanSource;
  #connection: DatabaseConnection | undefined;

  constructor(config: ConstructorParameters<typeof SqliteDriver>[0], random: () => number, source: SpanSource) {
    super(config);
    this.#random = random;
    this.#source = source;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#connection === undefined) {
      const connection = await super.acquireConnection();
      this.#connection = {
        // A busy statement has done nothing, and inside a transaction, which holds the lock, none is ever busy.
        executeQuery: (query) =>
          inStatementSpan(this.#source, query, () => whileBusy(() => connection.executeQuery(query), this.#random)),
        streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
      };
    }
    return this.#connection;
  }

  /**
   * Takes the write lock at once. Begun without it, a transaction that reads and then writes fails as soon as another
   * process wrote in between, and waiting does not help (SQLITE_BUSY_SNAPSHOT).
   */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** SQLite itself undoes a transaction when the disk is full; complaining about that would hide the reason. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await super.rollbackTransaction(connection).catch((error: Error) => {
      if (!error.message.includes('no transaction is active')) throw error;
    });
  }
}

/** SQLite can undo DDL; saying so makes all migrations one transaction, which also keeps other processes out. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function openDatabase(path: string): SqliteDatabase {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path, { timeout: BLOCKING_WAIT_MS });
  try {
    // WAL with NORMAL survives the death of any process; only a loss of power may cost the last moments.
    database.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on');
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    close: () => database.close(),
    prepare(sql) {
      const statement = database.prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...parameters.map(toSqlite)),
        run: (parameters) => statement.run(...parameters.map(toSqlite)),
        iterate: (parameters) => statement.iterate(...parameters.map(toSqlite)),
      };
    },
  };
}

/** SQLite has no booleans; MySQL's are 0 and 1. */
function toSqlite(parameter: unknown) {
  if (typeof parameter === 'boolean') return parameter ? 1 : 0;
  return parameter as null | number | bigint | string | Uint8Array;
}
