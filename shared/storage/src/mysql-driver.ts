/** Kysely's driver for MySQL, with errors in our words and without the values of a statement. */
import { type DatabaseConnection, MysqlDriver } from 'kysely';
import { StorageUnavailableError } from './errors.ts';
import { isConnectionLost } from './sql-errors.ts';
import { inStatementSpan, type SpanSource } from './sql-span.ts';

export class NamingDriver extends MysqlDriver {
  readonly #named = new WeakSet<DatabaseConnection>();
  readonly #source: SpanSource;

  constructor(config: ConstructorParameters<typeof MysqlDriver>[0], source: SpanSource) {
    super(config);
    this.#source = source;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection().catch((error: unknown) => {
      throw unavailable('does not answer', error);
    });
    if (!this.#named.has(connection)) {
      this.#named.add(connection);
      const execute = connection.executeQuery.bind(connection);
      connection.executeQuery = async (query, options) => {
        try {
          return await inStatementSpan(this.#source, query, () => execute(query, options));
        } catch (error) {
          throw withoutValues(error);
        }
      };
    }
    return connection;
  }

  /** The server undoes what a lost connection began; complaining about that would hide why the transaction failed. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await super.rollbackTransaction(connection).catch((error: unknown) => {
      if (!(error instanceof StorageUnavailableError)) throw error;
    });
  }
}

/** `sql` is the statement with all its values, and loggers write every property of an error: hashes of passwords, too. */
function withoutValues(error: unknown): unknown {
  if (error instanceof Error) Reflect.deleteProperty(error, 'sql');
  return isConnectionLost(error) ? unavailable('went away', error) : error;
}

function unavailable(what: string, cause: unknown): StorageUnavailableError {
  const { code, message } = cause as { code?: string; message?: string };
  return new StorageUnavailableError(`The database ${what} (${code ?? message}).`, { cause });
}
