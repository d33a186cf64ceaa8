import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findMariaDb } from '../../scripts/test-servers/test-servers.ts';
import { sqliteFiles, startInstance, type UserService } from './harness.ts';

const sqlite = await sqliteFiles();
const mariaDb = await findMariaDb();
afterAll(() => sqlite.remove());

const NAME = 'ada.lovelace';
const PASSWORD = 'engine no. 1';
const ADDRESS = '127.0.0.1';

const databases = [
  { name: 'SQLite', skipped: false, freshUrl: () => sqlite.freshUrl() },
  { name: `MariaDB${mariaDb.note}`, skipped: mariaDb.missing, freshUrl: () => mariaDb.freshUrl() },
];

for (const { name, skipped, freshUrl } of databases) {
  describe.skipIf(skipped)(`the user service on ${name}`, () => {
    let clock: { now: number };
    let url: string;
    let service: UserService;
    const others: UserService[] = [];

    beforeEach(async () => {
      clock = { now: Date.parse('2026-11-20T12:00:00Z') };
      url = freshUrl();
      service = await startInstance(url, clock);
    });
    afterEach(async () => {
      for (const one of [service, ...others.splice(0)]) await one.close();
    });
    const secondInstance = async () => {
      const other = await startInstance(url, clock);
      others.push(other);
      return other;
    };
    const signUp = (username = NAME, password = PASSWORD) => service.client.signUp({ body: { username, password } });
    const logIn = (password = PASSWORD, { client } = service, username = NAME, address = ADDRESS) =>
      client.logIn({ body: { username, password, address } });

    it('sign-up – valid – the account, without its password', async () => {
      const { user } = await signUp();
      expect(user).toEqual({ id: expect.any(String), username: NAME, createdAt: '2026-11-20T12:00:00.000Z' });
      expect(await service.client.getUser({ params: { userId: user.id } })).toEqual({ user });
    });

    it('sign-up – name taken in another case or form – USERNAME_TAKEN', async () => {
      await signUp('Zoë');
      await expect(signUp('zoë')).rejects.toMatchObject({ code: 'USERNAME_TAKEN' });
      await expect(signUp('Zoe\u0308')).rejects.toMatchObject({ code: 'USERNAME_TAKEN' });
    });

    it('sign-up – ten at once – one wins', async () => {
      const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => signUp()));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'USERNAME_TAKEN' });
      }
    });

    it.each([
      ['ab', PASSWORD, ['username']],
      ['-begins', PASSWORD, ['username']],
      ['with space', PASSWORD, ['username']],
      ['../../etc', PASSWORD, ['username']],
      ['x'.repeat(33), PASSWORD, ['username']],
      [NAME, 'short', ['password']],
      [NAME, NAME, ['password']],
      ['', '', ['username', 'password']],
    ])('sign-up – %j with %j – names the broken rules', async (username, password, fields) => {
      const error = await signUp(username, password).catch((reason) => reason);
      expect(error).toMatchObject({ code: 'INVALID_INPUT', status: 400 });
      expect(error.errors.map(({ field }: { field: string }) => field)).toEqual(fields);
      if (password) expect(error.message).not.toContain(`"${password}"`);
    });

    it('log-in – right – tokens that validate', async () => {
      const { user } = await signUp();
      const session = await logIn();
      expect(session).toMatchObject({ expiresIn: 300, refreshExpiresIn: 2_592_000, user });
      const validated = await service.client.validateToken({ body: { accessToken: session.accessToken } });
      expect(validated).toEqual({ valid: true, user });
    });

    it('log-in – wrong password and unknown name – the same answer', async () => {
      await signUp();
      const wrong = await logIn('wrong password').catch((error) => error);
      const unknown = await logIn(PASSWORD, service, 'nobody').catch((error) => error);
      expect(wrong).toMatchObject({ code: 'BAD_CREDENTIALS', status: 401 });
      expect(unknown).toMatchObject({ code: 'BAD_CREDENTIALS', message: wrong.message });
    });

    it('log-in – after five wrong ones – 429 on every instance, for this name and address, until the window ends', async () => {
      await signUp();
      const other = await secondInstance();
      for (const one of [service, other, service, other, service]) {
        await expect(logIn('wrong password', one)).rejects.toMatchObject({ code: 'BAD_CREDENTIALS' });
      }
      for (const one of [service, other]) {
        await expect(logIn(PASSWORD, one)).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds: 900 });
      }
      await expect(logIn(PASSWORD, service, NAME, '127.0.0.2')).resolves.toBeDefined();
      clock.now += 15 * 60_000;
      await expect(logIn()).resolves.toBeDefined();
    });

    it('log-in – eight wrong ones at once – five at most are looked at', async () => {
      await signUp();
      const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => logIn('wrong password')));
      const codes = outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.code);
      expect(codes.filter((code) => code === 'BAD_CREDENTIALS')).toHaveLength(5);
      expect(codes.filter((code) => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(3);
    });

    it('log-in – right after four wrong ones – counts from the beginning again', async () => {
      await signUp();
      for (let round = 0; round < 2; round++) {
        for (let i = 0; i < 4; i++) await logIn('wrong password').catch(() => {});
        await expect(logIn()).resolves.toBeDefined();
      }
    });

    it('refresh – rotates; the old token ends the session on every instance', async () => {
      await signUp();
      const other = await secondInstance();
      const first = await logIn();
      const second = await service.client.refresh({ body: { refreshToken: first.refreshToken } });
      expect(second.refreshToken).not.toBe(first.refreshToken);
      const reuse = other.client.refresh({ body: { refreshToken: first.refreshToken } });
      await expect(reuse).rejects.toMatchObject({ code: 'SESSION_ENDED' });
      const successor = service.client.refresh({ body: { refreshToken: second.refreshToken } });
      await expect(successor).rejects.toMatchObject({ code: 'SESSION_ENDED' });
      expect(await service.client.validateToken({ body: { accessToken: second.accessToken } })).toEqual({
        valid: false,
        user: null,
      });
    });

    it('refresh – the same token twice at once – one at most succeeds', async () => {
      await signUp();
      const { refreshToken } = await logIn();
      const both = await Promise.allSettled([1, 2].map(() => service.client.refresh({ body: { refreshToken } })));
      expect(both.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);
    });

    it('refresh – unknown or expired – SESSION_ENDED', async () => {
      await signUp();
      const { refreshToken } = await logIn();
      await expect(service.client.refresh({ body: { refreshToken: 'made up' } })).rejects.toMatchObject({
        code: 'SESSION_ENDED',
      });
      clock.now += 30 * 24 * 3_600_000;
      await expect(service.client.refresh({ body: { refreshToken } })).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    });

    it('log-out – revokes both tokens; the feed tells an instance that waits', async () => {
      await signUp();
      const other = await secondInstance();
      const { accessToken, refreshToken } = await logIn();
      const waiting = other.client.listRevocations({ query: { after: 0, waitMs: 10_000 } });
      await service.client.logOut({ body: { refreshToken, sessionId: null } });
      const { items, cursor } = await waiting;
      expect(items).toEqual([{ cursor, sessionId: expect.any(String), expiresAt: clock.now + 300_000 }]);
      expect(await other.client.validateToken({ body: { accessToken } })).toEqual({ valid: false, user: null });
      await expect(service.client.refresh({ body: { refreshToken } })).rejects.toMatchObject({ code: 'SESSION_ENDED' });
      await service.client.logOut({ body: { refreshToken, sessionId: 'unknown' } });
      expect((await service.client.listRevocations({ query: { after: cursor, waitMs: 0 } })).items).toEqual([]);
    });

    it('validation – expired, forged, without a signature – not valid', async () => {
      await signUp();
      const { accessToken } = await logIn();
      const [, payload] = accessToken.split('.');
      const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
      const { client } = service;
      for (const forged of [none, `${accessToken.slice(0, -4)}AAAA`, 'nonsense', '']) {
        expect(await client.validateToken({ body: { accessToken: forged } })).toEqual({ valid: false, user: null });
      }
      clock.now += 300_000;
      expect(await client.validateToken({ body: { accessToken } })).toEqual({ valid: false, user: null });
    });

    it('keys – of two instances – the same, public part only', async () => {
      const other = await secondInstance();
      const { keys } = await service.client.getKeys({});
      expect(await other.client.getKeys({})).toEqual({ keys });
      expect(keys).toEqual([
        { kty: 'OKP', crv: 'Ed25519', x: expect.any(String), kid: expect.any(String), alg: 'EdDSA', use: 'sig' },
      ]);
    });

    it('purge – what is over is forgotten', async () => {
      await signUp();
      const { refreshToken } = await logIn();
      await service.client.logOut({ body: { refreshToken, sessionId: null } });
      clock.now += 300_001;
      await service.app.sessions.purge();
      expect((await service.client.listRevocations({ query: { after: 0, waitMs: 0 } })).items).toEqual([]);
    });

    it('a user that does not exist – NOT_FOUND', async () => {
      await expect(service.client.getUser({ params: { userId: 'nobody' } })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    });

    it('closing – a long poll is under way – it ends at once', async () => {
      const waiting = service.client.listRevocations({ query: { after: 0, waitMs: 20_000 } });
      await fetch(`${service.origin}/healthz`);
      await service.app.server.close();
      await expect(waiting).resolves.toEqual({ items: [], cursor: 0 });
    });
  });
}
