import { ProblemError } from '@wordcloud/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { createLogInLimit } from './log-in-limit.ts';
import type { AttemptRepository, PasswordHasher, SessionRepository, UserRepository } from './ports.ts';
import { createSessions, LONGEST_ACCESS_TOKEN_MS } from './sessions.ts';

const ADA = { id: 'u1', username: 'Ada', createdAt: '2026-11-20T12:00:00.000Z' };
const STORED = { ...ADA, foldedName: 'ada', passwordHash: 'hash of engine' };
const HOUR = 3_600_000;

/** Ports in memory that write down what they are asked. */
function fakes() {
  const seen = { hashed: 0, verified: [] as string[], stored: [] as unknown[], revoked: [] as [string, number][] };
  const state = {
    now: 1_000_000,
    blocked: undefined as number | undefined,
    blockedAfter: undefined as number | undefined,
  };
  const users: UserRepository = {
    insert: async () => true,
    findByName: async (name) => (name === 'ada' ? STORED : undefined),
    findById: async (id) => (id === ADA.id ? ADA : undefined),
  };
  const hasher: PasswordHasher = {
    hash: async (password) => {
      seen.hashed++;
      return `hash of ${password}`;
    },
    verify: async (hash, password) => {
      seen.verified.push(hash);
      return hash === `hash of ${password}`;
    },
  };
  const attempts: AttemptRepository = {
    blockedUntil: async () => state.blocked,
    countWrong: async () => state.blockedAfter,
    clear: async () => state.blockedAfter,
  };
  const sessions: SessionRepository = {
    begin: async (session, hash) => void seen.stored.push(session, hash),
    rotate: async () => ({ outcome: 'unknown' }),
    findByToken: async () => undefined,
    revoke: async (id, _now, until) => void seen.revoked.push([id, until]),
    isRevoked: async () => false,
    revocationsAfter: async () => [],
    purge: async () => {},
  };
  const now = () => state.now;
  const made = createSessions({
    users,
    sessions,
    hasher,
    tokens: { sign: async () => 'access', verify: async () => undefined, publicKeys: () => [] },
    limit: createLogInLimit(attempts, now),
    accessTokenMs: 60_000,
    refreshTokenMs: HOUR,
    newId: () => 's1',
    now,
  });
  return { seen, state, sessions: made };
}

describe('log-in', () => {
  let world: ReturnType<typeof fakes>;
  beforeEach(() => {
    world = fakes();
  });

  it('right – tokens; the refresh token is kept only as a digest, until now plus its life', async () => {
    const reply = await world.sessions.logIn('ADA', 'engine', '::1');
    expect(reply).toMatchObject({ accessToken: 'access', expiresIn: 60, refreshExpiresIn: 3600, user: ADA });
    expect(Object.keys(reply.user)).toEqual(['id', 'username', 'createdAt']);
    expect(Buffer.from(reply.refreshToken, 'base64url')).toHaveLength(32);
    expect(world.seen.stored[0]).toEqual({ sessionId: 's1', userId: 'u1', expiresAt: 1_000_000 + HOUR });
    expect(JSON.stringify(world.seen.stored)).not.toContain(reply.refreshToken);
  });

  it('unknown name – a password is compared all the same, each time once', async () => {
    const hashedBefore = world.seen.hashed;
    const failures = [];
    for (const name of ['nobody', 'nobody', 'ada']) {
      failures.push(await world.sessions.logIn(name, 'wrong', '::1').catch((error: unknown) => error));
    }
    expect(world.seen.verified).toHaveLength(3);
    // Made before the first log-in, which would be slower otherwise.
    expect(hashedBefore).toBe(1);
    expect(world.seen.hashed).toBe(1);
    expect(new Set(failures.map((error) => (error as ProblemError).message)).size).toBe(1);
    for (const error of failures) expect(error).toMatchObject({ code: 'BAD_CREDENTIALS' });
  });

  it('limit reached – refused before a password is compared', async () => {
    world.state.blocked = 1_000_000 + 90_500;
    const refused = world.sessions.logIn('ada', 'engine', '::1');
    await expect(refused).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds: 91 });
    expect(world.seen.verified).toEqual([]);
  });

  it.each(['engine', 'wrong'])(
    'limit reached while %j is compared – refused, right or wrong, and no session',
    async (password) => {
      world.state.blockedAfter = 1_000_000 + 1;
      const refused = world.sessions.logIn('ada', password, '::1');
      await expect(refused).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds: 1 });
      expect(world.seen.stored).toEqual([]);
    },
  );
});

describe('log-out', () => {
  it('a session – the feed keeps it longer than any access token lives, whatever the setting here', async () => {
    const { sessions, seen } = fakes();
    await sessions.logOut(null, 's1');
    const [[id, until]] = seen.revoked as [[string, number]];
    expect(id).toBe('s1');
    expect(until).toBeGreaterThan(1_000_000 + LONGEST_ACCESS_TOKEN_MS);
  });

  it('nothing known – no error, nothing revoked', async () => {
    const { sessions, seen } = fakes();
    await sessions.logOut('unknown', null);
    await sessions.logOut(null, null);
    expect(seen.revoked).toEqual([]);
  });
});

describe('refresh', () => {
  it('unknown token – SESSION_ENDED', async () => {
    await expect(fakes().sessions.refresh('unknown')).rejects.toBeInstanceOf(ProblemError);
    await expect(fakes().sessions.refresh('unknown')).rejects.toMatchObject({ code: 'SESSION_ENDED' });
  });
});
