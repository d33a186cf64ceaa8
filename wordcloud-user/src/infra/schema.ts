/** Tables of the user service. Moments are milliseconds since 1970. */
import {
  bigintColumn,
  idColumn,
  integerColumn,
  type Kysely,
  longTextColumn,
  type Migration,
  textColumn,
} from '@wordcloud/storage';

export interface UserSchema {
  account: { id: string; username: string; folded_name: string; password_hash: string; created_at: string };
  log_in_attempt: { key_hash: string; attempts: number; window_ends_at: number };
  session: { id: string; user_id: string; expires_at: number; revoked: number };
  /** One row for each refresh token ever given out in a session that still lives; all but one are used. */
  refresh_token: { token_hash: string; session_id: string; used: number };
  revocation: { seq: number; session_id: string; expires_at: number };
  /** Counters that are raised inside a transaction. */
  counter: { name: string; value: number };
  signing_key: { id: number; jwk: string };
}

async function up(db: Kysely<UserSchema>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('account')
    .addColumn('id', idColumn(), (column) => column.primaryKey())
    .addColumn('username', textColumn(64), (column) => column.notNull())
    .addColumn('folded_name', textColumn(128), (column) => column.notNull().unique())
    .addColumn('password_hash', textColumn(255), (column) => column.notNull())
    .addColumn('created_at', textColumn(32), (column) => column.notNull())
    .execute();
  await schema
    .createTable('log_in_attempt')
    .addColumn('key_hash', idColumn(), (column) => column.primaryKey())
    .addColumn('attempts', integerColumn(), (column) => column.notNull())
    .addColumn('window_ends_at', bigintColumn(), (column) => column.notNull())
    .execute();
  await schema
    .createTable('session')
    .addColumn('id', idColumn(), (column) => column.primaryKey())
    .addColumn('user_id', idColumn(), (column) => column.notNull())
    .addColumn('expires_at', bigintColumn(), (column) => column.notNull())
    .addColumn('revoked', integerColumn(), (column) => column.notNull().defaultTo(0))
    .execute();
  await schema
    .createTable('refresh_token')
    .addColumn('token_hash', idColumn(), (column) => column.primaryKey())
    .addColumn('session_id', idColumn(), (column) => column.notNull())
    .addColumn('used', integerColumn(), (column) => column.notNull().defaultTo(0))
    .execute();
  await schema.createIndex('refresh_token_session').on('refresh_token').column('session_id').execute();
  await schema.createIndex('session_expiry').on('session').column('expires_at').execute();
  await schema
    .createTable('revocation')
    .addColumn('seq', bigintColumn(), (column) => column.primaryKey())
    .addColumn('session_id', idColumn(), (column) => column.notNull())
    .addColumn('expires_at', bigintColumn(), (column) => column.notNull())
    .execute();
  await schema
    .createTable('counter')
    .addColumn('name', idColumn(), (column) => column.primaryKey())
    .addColumn('value', bigintColumn(), (column) => column.notNull())
    .execute();
  await schema
    .createTable('signing_key')
    .addColumn('id', integerColumn(), (column) => column.primaryKey())
    .addColumn('jwk', longTextColumn(), (column) => column.notNull())
    .execute();
  await db.insertInto('counter').values({ name: 'revocation', value: 0 }).execute();
}

export const migrations: Record<string, Migration> = { '2026-11-20-accounts': { up } };
