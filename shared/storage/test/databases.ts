/** The databases that the contract tests run against, each new and empty. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { findMariaDb } from '../../../scripts/test-servers/test-servers.ts';
import { type Database, type DatabaseOptions, openDatabase } from '../src/index.ts';
import { migrations, type Schema } from './schema.ts';
import { freshFolder } from './stores.ts';

export const mariaDb = await findMariaDb();

export const databases = [
  { name: 'SQLite', freshUrl: freshSqliteUrl, missing: false },
  { name: `MariaDB${mariaDb.note}`, freshUrl: async () => mariaDb.freshUrl(), missing: mariaDb.missing },
];

export async function freshSqliteUrl(): Promise<string> {
  return `sqlite:${join(await freshFolder(), 'deep/test.db')}`;
}

/** Closed when the test ends. */
export async function open(url: string, options: Partial<DatabaseOptions> = {}): Promise<Database<Schema>> {
  const database = await openDatabase<Schema>({ url, migrations, ...options });
  onTestFinished(() => database.close());
  return database;
}
