import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startInstance, testDatabases, type UserService } from './harness.ts';

const databases = await testDatabases();
afterAll(() => databases.remove());

const NAME = 'ada.lovelace';
const PASSWORD = 'engine no. 1';
const ADDRESS = '127.0.0.1';

for (const { name, skipped, freshUrl } of databases.all) {
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

    it('refresh – the same token at once on two instances – one succeeds, the others are reuse and end the session', async () => {
      await signUp();
      const instances = [service, await secondInstance()];
      const { refreshToken } = await logIn();
      const calls = [...instances, ...instances].map(({ client }) => client.refresh({ body: { refreshToken } }));
      const outcomes = await Promise.allSettled(calls);
      const rotated = outcomes.filter((outcome) => outcome.status === 'fulfilled');
      expect(rotated).toHaveLength(1);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'SESSION_ENDED' });
      }
      const next = service.client.refresh({ body: { refreshToken: rotated[0]!.value.refreshToken } });
      await expect(next).rejects.toMatchObject({ code: 'SESSION_ENDED' });
      expect((await service.client.listRevocations({ query: { after: 0, waitMs: 0 } })).items).toHaveLength(1);
    });

    it('log-out and refresh at once – whatever comes first, no token survives', async () => {
      await signUp();
      const other = await secondInstance();
      for (let round = 0; round < 5; round++) {
        const { refreshToken } = await logIn();
        const [refreshed] = await Promise.allSettled([
          service.client.refresh({ body: { refreshToken } }),
          other.client.logOut({ body: { refreshToken, sessionId: null } }),
        ]);
        if (refreshed.status === 'rejected') expect(refreshed.reason).toMatchObject({ code: 'SESSION_ENDED' });
        const latest = refreshed.status === 'fulfilled' ? refreshed.value.refreshToken : refreshToken;
        const next = other.client.refresh({ body: { refreshToken: latest } });
        await expect(next).rejects.toMatchObject({ code: 'SESSION_ENDED' });
      }
    });

    it('log-out – many sessions at once on two instances – a reader by cursor sees each of them once', async () => {
      await signUp();
      const other = await secondInstance();
      const sessions = await Promise.all(Array.from({ length: 12 }, () => logIn()));
      const seen: string[] = [];
      const reading = (async () => {
        for (let after = 0; seen.length < sessions.length; ) {
          const { items, cursor } = await other.client.listRevocations({ query: { after, waitMs: 5_000 } });
          if (items.length === 0) return;
          seen.push(...items.map(({ sessionId }) => sessionId));
          after = cursor;
        }
      })();
      await Promise.all(
        sessions.map(({ refreshToken }, i) =>
          [service, other][i % 2]!.client.logOut({ body: { refreshToken, sessionId: null } }),
        ),
      );
      await reading;
      expect(seen).toHaveLength(sessions.length);
      expect(new Set(seen).size).toBe(sessions.length);
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

    it('log-out – by the id of the session – its refresh token is dead, other sessions live on', async () => {
      await signUp();
      const [ending, staying] = [await logIn(), await logIn()];
      const [, claims] = ending.accessToken.split('.');
      const { sid } = JSON.parse(Buffer.from(claims!, 'base64url').toString()) as { sid: string };
      for (let i = 0; i < 2; i++) await service.client.logOut({ body: { refreshToken: null, sessionId: sid } });
      await service.client.logOut({ body: { refreshToken: null, sessionId: null } });
      expect((await service.client.listRevocations({ query: { after: 0, waitMs: 0 } })).items).toHaveLength(1);
      const refresh = ({ refreshToken }: { refreshToken: string }) =>
        service.client.refresh({ body: { refreshToken } });
      await expect(refresh(ending)).rejects.toMatchObject({ code: 'SESSION_ENDED' });
      await expect(refresh(staying)).resolves.toBeDefined();
    });

    it('log-out – revokes both tokens; the feed tells an instance that waits', async () => {
      await signUp();
      const other = await secondInstance();
      const { accessToken, refreshToken } = await logIn();
      const waiting = other.client.listRevocations({ query: { after: 0, waitMs: 10_000 } });
      await service.client.logOut({ body: { refreshToken, sessionId: null } });
      const { items, cursor } = await waiting;
      expect(items).toEqual([{ cursor, sessionId: expect.any(String), expiresAt: clock.now + 360_000 }]);
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
      const feed = () => service.client.listRevocations({ query: { after: 0, waitMs: 0 } });
      clock.now += 300_000;
      await service.app.sessions.purge();
      expect((await feed()).items).toHaveLength(1);
      await logIn('wrong password').catch(() => {});
      clock.now += 30 * 24 * 3_600_000 + 1;
      await service.app.sessions.purge();
      expect(await feed()).toEqual({ items: [], cursor: 0 });
      for (const table of ['session', 'refresh_token', 'log_in_attempt', 'revocation'] as const) {
        expect(await service.database.db.selectFrom(table).selectAll().execute()).toEqual([]);
      }
      expect(await service.database.db.selectFrom('account').selectAll().execute()).toHaveLength(1);
    });

    it('first start – three instances at once – one key', async () => {
      const freshest = freshUrl();
      const three = await Promise.all([1, 2, 3].map(() => startInstance(freshest, clock)));
      others.push(...three);
      const ids = three.map(({ tokens }) => tokens.publicKeys().map(({ kid }) => kid));
      expect(new Set(ids.flat()).size).toBe(1);
    });

    it('waiting for revocations – the caller goes – the service stops asking', async () => {
      const controller = new AbortController();
      const query = { after: 0, waitMs: 20_000 };
      const waiting = service.client.listRevocations({ query }, { signal: controller.signal });
      controller.abort(new Error('gone'));
      await expect(waiting).rejects.toThrow('gone');
      const started = performance.now();
      await service.app.server.close();
      expect(performance.now() - started).toBeLessThan(2_000);
    });

    it('a user that does not exist – NOT_FOUND', async () => {
      await expect(service.client.getUser({ params: { userId: 'nobody' } })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    });

    it('closing – a long poll is under way – it ends at once', async () => {
      await service.client.getKeys({});
      const waiting = service.client.listRevocations({ query: { after: 0, waitMs: 20_000 } });
      await fetch(`${service.origin}/healthz`);
      await service.app.server.close();
      await expect(waiting).resolves.toEqual({ items: [], cursor: 0 });
    });
  });
}
