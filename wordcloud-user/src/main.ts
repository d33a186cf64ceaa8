/** The process of wordcloud-user. */
import {
  ConfigError,
  describeConfig,
  every,
  loadConfig,
  openNetwork,
  runService,
  startProcess,
} from '@wordcloud/service-kit';
import { openDatabase, StorageUnavailableError } from '@wordcloud/storage';
import { createLogger, createMetrics } from '@wordcloud/telemetry';
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
  const config = loadConfig(settings, process.env);
  const logger = createLogger({ service: 'wordcloud-user', level: config.logLevel });
  const metrics = createMetrics('wordcloud-user');
  const network = await openNetwork({
    service: 'wordcloud-user',
    config,
    addresses: {},
    logger,
    metrics,
    now: Date.now,
  });
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
  if (config.demoAccount) await createAccounts(parts).ensure('jackchen', '1234');

  const app = await buildApp({
    ...parts,
    logger,
    metrics,
    rootPath: config.rootPath,
    serviceToken: config.serviceToken,
    accessTokenMs: config.accessTokenMs,
    refreshTokenMs: config.refreshTokenMs,
    checks: { database: () => database.check() },
    ...(config.manageEnabled && {
      management: { user: config.manageUser, pass: config.managePass, config: describeConfig(settings, config) },
    }),
  });
  const purging = every(
    PURGE_MS,
    () => app.sessions.purge(),
    (error) => logger.warn({ err: error }, 'purging failed'),
  );
  await runService({
    ...config,
    app,
    network,
    logger,
    afterClose: async () => {
      await purging.stop();
      await database.close();
    },
  });
});
