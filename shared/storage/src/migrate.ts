/** Brings a schema up to date at start. Kysely keeps names and times of what ran in the table `kysely_migration`. */
import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { StorageUnavailableError } from './errors.ts';
import type { StorageLogger } from './storage-logger.ts';

/**
 * Runs what has not run yet. Only one process migrates at a time, the others wait and find it done: on MySQL by GET_LOCK
 * (DDL cannot be undone there: a migration that failed in the middle needs a hand), on SQLite since all of it is one
 * transaction, which is undone when it fails.
 *
 * @param name of the database, for messages
 * @throws StorageUnavailableError naming the migration that failed
 */
export async function migrate<Schema>(
  db: Kysely<Schema>,
  migrations: Record<string, Migration>,
  name: string,
  logger: StorageLogger | undefined,
): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const failed = results.find(({ status }) => status === 'Error')?.migrationName;
    const reason = error instanceof Error ? error.message : String(error);
    const what = failed === undefined ? 'cannot be opened or migrated' : `cannot be migrated (${failed})`;
    throw new StorageUnavailableError(`${name} ${what}: ${reason}`, { cause: error });
  }
  if (results.length > 0) {
    logger?.info({ migrations: results.map(({ migrationName }) => migrationName) }, `migrated ${name}`);
  }
}
