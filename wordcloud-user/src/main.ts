/** The process of wordcloud-user. */
import { DEMO_ACCOUNT } from '@wordcloud/contracts';
import { ConfigError, every, openService, runService, startProcess } from '@wordcloud/service-kit';
import { openDatabase, StorageUnavailableError } from '@wordcloud/storage';
import { v7 as uuidv7 } from 'uuid';
import { buildApp } from './app.ts';
import { settings } from './config.ts';
import { createAccounts } from './domain/accounts.ts';
import { createArgon2Hasher } from './infra/argon2-hasher.ts';
import { createAttemptRepository } from './infra/attempt-repository.ts';
import { openJoseTokens } from './infra/jose-tokens.ts';
import { migrations, type UserSchema } from './infra/schema.ts';
import { createSessionRepository } from './infra/session-repository.ts';
import { createUserRepository } from './infra/user-repository.ts';

const PURGE_MS = 60_000;

await startProcess(async () => {
  const service = await openService('wordcloud-user', settings, process.env);
  const { config, logger, appOptions } = service;
  const url = config.databaseUrl || `sqlite:${config.dataDir}/user.db`;
  const database = await openDatabase<UserSchema>({ url, migrations, logger }).catch((error: unknown) => {
    if (!(error instanceof StorageUnavailableError)) throw error;
    throw new ConfigError(`The database of USER_DATABASE_URL or DATA_DIR cannot be used. ${error.message}`);
  });
  const parts = {
    users: createUserRepository(database),
    sessions: createSessionRepository(database),
    attempts: createAttemptRepository(database),
    hasher: createArgon2Hasher(),
    tokens: await openJoseTokens(database, Date.now),
    newId: uuidv7,
    now: Date.now,
  };
  if (config.demoAccount) await createAccounts(parts).ensure(DEMO_ACCOUNT.username, DEMO_ACCOUNT.password);

  const app = await buildApp({
    ...appOptions,
    ...parts,
    serviceToken: config.serviceToken,
    accessTokenMs: config.accessTokenMs,
    refreshTokenMs: config.refreshTokenMs,
    checks: { database: () => database.check() },
  });
  const purging = every(
    PURGE_MS,
    () => app.sessions.purge(),
    (error) => logger.warn({ err: error }, 'purging failed'),
  );
  const afterClose = async () => {
    await purging.stop();
    await database.close();
  };
  await runService(service, app, { afterClose });
});
