/** A user service over a real database, with a clock that the test moves, and a client of its contract. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { userContract } from '@wordcloud/contracts';
import { createClient, createFixedChannel } from '@wordcloud/rpc';
import { openDatabase } from '@wordcloud/storage';
import { createLogger, createMetrics, type Logger } from '@wordcloud/telemetry';
import { v7 as uuidv7 } from 'uuid';
import { findMariaDb } from '../../scripts/test-servers/test-servers.ts';
import { buildApp } from '../src/app.ts';
import { createArgon2Hasher } from '../src/infra/argon2-hasher.ts';
import { createAttemptRepository } from '../src/infra/attempt-repository.ts';
import { openJoseTokens } from '../src/infra/jose-tokens.ts';
import { migrations, type UserSchema } from '../src/infra/schema.ts';
import { createSessionRepository } from '../src/infra/session-repository.ts';
import { createUserRepository } from '../src/infra/user-repository.ts';

export const TOKEN = 'a token for the tests';

const silent = createLogger({ service: 'test', level: 'silent' });

export type UserService = Awaited<ReturnType<typeof startInstance>>;

/** One instance on a database; several may share one. */
export async function startInstance(url: string, clock: { now: number }, logger: Logger = silent) {
  const database = await openDatabase<UserSchema>({ url, migrations });
  const now = () => clock.now;
  const tokens = await openJoseTokens(database, now);
  const app = await buildApp({
    users: createUserRepository(database),
    sessions: createSessionRepository(database),
    attempts: createAttemptRepository(database),
    hasher: createArgon2Hasher(),
    tokens,
    logger,
    metrics: createMetrics('test', { processMetrics: false }),
    checks: { database: () => database.check() },
    serviceToken: TOKEN,
    accessTokenMs: 300_000,
    refreshTokenMs: 30 * 24 * 3_600_000,
    newId: uuidv7,
    now,
  });
  const origin = await app.server.listen({ host: '127.0.0.1', port: 0 });
  const client = createClient(userContract, createFixedChannel('wordcloud-user', { origin }), { serviceToken: TOKEN });
  return {
    client,
    app,
    database,
    origin,
    tokens,
    async close() {
      await client.close();
      await app.server.close();
      await database.close();
    },
  };
}

/** URLs of fresh SQLite files in a folder that is removed at the end. */
export async function sqliteFiles() {
  const folder = await mkdtemp(join(tmpdir(), 'wordcloud-user-'));
  let count = 0;
  return {
    freshUrl: () => `sqlite:${join(folder, `${count++}.db`)}`,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The databases that a suite runs on: a title, whether it must be skipped, and URLs of fresh ones. */
export async function testDatabases() {
  const sqlite = await sqliteFiles();
  const mariaDb = await findMariaDb();
  return {
    all: [
      { name: 'SQLite', skipped: false, freshUrl: () => sqlite.freshUrl() },
      { name: `MariaDB${mariaDb.note}`, skipped: mariaDb.missing, freshUrl: () => mariaDb.freshUrl() },
    ],
    remove: () => sqlite.remove(),
  };
}
