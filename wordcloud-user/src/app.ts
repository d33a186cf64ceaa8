/** The app: routes and everything around them, wired; no I/O of its own. */
import { userContract } from '@wordcloud/contracts';
import {
  type App,
  type AppOptions,
  createApp,
  createLongPoll,
  type ProcessAppOptions,
  requireServiceToken,
} from '@wordcloud/service-kit';
import { createAccounts } from './domain/accounts.ts';
import { createLogInLimit } from './domain/log-in-limit.ts';
import type {
  AccessTokens,
  AttemptRepository,
  PasswordHasher,
  SessionRepository,
  UserRepository,
} from './domain/ports.ts';
import { createSessions, type Sessions } from './domain/sessions.ts';
import { measureSessions } from './infra/session-metrics.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { userRoutes } from './routes/users.ts';

export interface AppDependencies extends ProcessAppOptions, Pick<AppOptions, 'checks'> {
  users: UserRepository;
  sessions: SessionRepository;
  attempts: AttemptRepository;
  hasher: PasswordHasher;
  tokens: AccessTokens;
  serviceToken: string;
  accessTokenMs: number;
  refreshTokenMs: number;
  newId: () => string;
  now: () => number;
}

/** Also gives `sessions`, for the clearing up that the process does now and then. */
export async function buildApp(deps: AppDependencies): Promise<App & { sessions: Sessions }> {
  const { serviceToken, logger, metrics, tracing, management, instance, rootPath, checks, ...parts } = deps;
  const app = await createApp({
    contract: userContract,
    logger,
    metrics,
    checks,
    ...(management && { management }),
    ...(instance && { instance }),
    ...(rootPath && { rootPath }),
    ...(tracing && { tracing }),
  });
  const limit = createLogInLimit(parts.attempts, parts.now);
  const sessions = measureSessions(createSessions({ ...parts, limit }), metrics);
  const revocationPoll = createLongPoll(app.server);
  await app.server.register(async (routes) => {
    routes.addHook('onRequest', requireServiceToken(serviceToken));
    userRoutes(routes, createAccounts(parts));
    sessionRoutes(routes, sessions, parts.tokens, revocationPoll);
  });
  return { ...app, sessions };
}
