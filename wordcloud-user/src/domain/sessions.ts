/**
 * Sessions: a short access token that others verify by themselves, and a long refresh token that is replaced each time it
 * is used. A refresh token that comes a second time was copied by somebody, so the whole session ends (RFC 9700, 4.14).
 */
import { createHash, randomBytes } from 'node:crypto';
import { ProblemError, type Revocation, type SessionTokens, type User } from '@wordcloud/contracts';
import { foldName } from './accounts.ts';
import type { LogInLimit } from './log-in-limit.ts';
import type { AccessTokens, PasswordHasher, SessionRepository, UserRepository } from './ports.ts';

export interface SessionDependencies {
  users: UserRepository;
  sessions: SessionRepository;
  hasher: PasswordHasher;
  tokens: AccessTokens;
  limit: LogInLimit;
  accessTokenMs: number;
  refreshTokenMs: number;
  newId: () => string;
  now: () => number;
}

export interface Sessions {
  /** @throws ProblemError BAD_CREDENTIALS, TOO_MANY_ATTEMPTS */
  logIn(username: string, password: string, address: string): Promise<SessionTokens>;
  /** @throws ProblemError SESSION_ENDED */
  refresh(refreshToken: string): Promise<SessionTokens>;
  logOut(refreshToken: string | null, sessionId: string | null): Promise<void>;
  validate(accessToken: string): Promise<User | null>;
  revocationsAfter(cursor: number): Promise<Revocation[]>;
  purge(): Promise<void>;
}

/** What ACCESS_TOKEN_TTL may be at most, in milliseconds. */
export const LONGEST_ACCESS_TOKEN_MS = 300_000;
/** For a token that is being signed while its session ends, and for machines whose clocks differ. */
const MARGIN_MS = 60_000;

const hashToken = (token: string) => createHash('sha256').update(token).digest('base64url');
const newToken = () => randomBytes(32).toString('base64url');

export function createSessions(deps: SessionDependencies): Sessions {
  const { users, sessions, hasher, tokens, limit, accessTokenMs, refreshTokenMs, newId, now } = deps;
  // Whatever life this instance gives its tokens: others, or the one before the restart, may have given a longer one.
  const revokedUntil = () => now() + LONGEST_ACCESS_TOKEN_MS + MARGIN_MS;
  // Compared with where there is no account, so that an unknown name takes as long as a wrong password: also the first one,
  // so it is made now. Should that fail, each log-in says why.
  const dummyHash = hasher.hash(newToken());
  dummyHash.catch(() => {});

  const answer = async (user: User, sessionId: string, refreshToken: string): Promise<SessionTokens> => {
    const { id, username, createdAt } = user;
    return {
      accessToken: await tokens.sign({ sub: id, sid: sessionId, username, createdAt }, accessTokenMs),
      expiresIn: Math.floor(accessTokenMs / 1000),
      refreshToken,
      refreshExpiresIn: Math.floor(refreshTokenMs / 1000),
      user: { id, username, createdAt },
    };
  };
  const ended = () => new ProblemError('SESSION_ENDED', 'The session has ended: log in again.');

  return {
    async logIn(username, password, address) {
      await limit.check(username, address);
      const user = await users.findByName(foldName(username));
      const right = await hasher.verify(user?.passwordHash ?? (await dummyHash), password);
      if (user === undefined || !right) {
        await limit.wrong(username, address);
        throw new ProblemError('BAD_CREDENTIALS', 'There is no account with this name and this password.');
      }
      await limit.right(username, address);
      const sessionId = newId();
      const refreshToken = newToken();
      const session = { sessionId, userId: user.id, expiresAt: now() + refreshTokenMs };
      await sessions.begin(session, hashToken(refreshToken));
      return answer(user, sessionId, refreshToken);
    },

    async refresh(refreshToken) {
      const next = newToken();
      const times = { now: now(), expiresAt: now() + refreshTokenMs, revokedUntil: revokedUntil() };
      const rotation = await sessions.rotate(hashToken(refreshToken), hashToken(next), times);
      if (rotation.outcome !== 'rotated') throw ended();
      const user = await users.findById(rotation.session.userId);
      if (user === undefined) throw ended();
      return answer(user, rotation.session.sessionId, next);
    },

    async logOut(refreshToken, sessionId) {
      const found = refreshToken === null ? undefined : await sessions.findByToken(hashToken(refreshToken));
      const ids = new Set([sessionId, found?.sessionId].filter((id) => typeof id === 'string'));
      for (const id of ids) await sessions.revoke(id, now(), revokedUntil());
    },

    async validate(accessToken) {
      const claims = await tokens.verify(accessToken);
      if (claims === undefined || (await sessions.isRevoked(claims.sid))) return null;
      return (await users.findById(claims.sub)) ?? null;
    },

    revocationsAfter: (cursor) => sessions.revocationsAfter(cursor),
    purge: () => sessions.purge(now()),
  };
}
