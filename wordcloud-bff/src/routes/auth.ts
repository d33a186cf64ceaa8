/** Sign-up, log-in, refresh, log-out. */
import { bffContract, isProblem, ProblemError, type SessionTokens } from '@wordcloud/contracts';
import { route } from '@wordcloud/service-kit';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { UserService } from '../domain/ports.ts';
import type { RevocationList } from '../domain/revocations.ts';
import type { Authenticate } from './authenticate.ts';
import { clearRefreshCookie, refreshCookieOf, refuseOtherOrigins, setRefreshCookie } from './refresh-cookie.ts';

/** Milliseconds that a log-out on this instance holds by itself: longer than any access token lives. */
const REVOKED_HERE_MS = 10 * 60_000;

export interface AuthDependencies {
  users: UserService;
  revocations: RevocationList;
  authenticate: Authenticate;
  cookieSecure: boolean;
  now: () => number;
}

export function authRoutes(app: FastifyInstance, deps: AuthDependencies): void {
  const { users, revocations, authenticate, cookieSecure, now } = deps;

  const begin = (reply: FastifyReply, { refreshToken, refreshExpiresIn, ...session }: SessionTokens) => {
    setRefreshCookie(reply, refreshToken, refreshExpiresIn, cookieSecure);
    reply.header('cache-control', 'no-store');
    return session;
  };

  route(app, bffContract, 'signUp', ({ body }, request) => users.signUp({ body }, request.context));

  route(app, bffContract, 'logIn', async ({ body }, request, reply) => {
    const tokens = await users.logIn({ body: { ...body, address: request.ip } }, request.context);
    return begin(reply, tokens);
  });

  route(app, bffContract, 'refresh', async (_input, request, reply) => {
    refuseOtherOrigins(request);
    const refreshToken = refreshCookieOf(request);
    if (refreshToken === undefined) throw new ProblemError('SESSION_ENDED', 'There is no session: log in first.');
    try {
      return begin(reply, await users.refresh({ body: { refreshToken } }, request.context));
    } catch (error) {
      if (isProblem(error, 'SESSION_ENDED')) clearRefreshCookie(reply, cookieSecure);
      throw error;
    }
  });

  route(app, bffContract, 'logOut', async (_input, request, reply) => {
    const refreshToken = refreshCookieOf(request) ?? null;
    if (refreshToken !== null) refuseOtherOrigins(request);
    // With a cookie, an access token that has run out must not keep anyone from logging out.
    const claims = await authenticate(request).catch((error: unknown) => {
      if (refreshToken !== null && isProblem(error, 'UNAUTHENTICATED', 'TOKEN_EXPIRED', 'SESSION_ENDED'))
        return undefined;
      throw error;
    });
    await users.logOut({ body: { refreshToken, sessionId: claims?.sid ?? null } }, request.context);
    if (claims) revocations.add([{ sessionId: claims.sid, expiresAt: now() + REVOKED_HERE_MS }]);
    clearRefreshCookie(reply, cookieSecure);
    return undefined;
  });
}
