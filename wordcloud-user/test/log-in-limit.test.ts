import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAttemptRepository } from '../src/infra/attempt-repository.ts';
import { startInstance, testDatabases, type UserService } from './harness.ts';

const databases = await testDatabases();
afterAll(() => databases.remove());

const NAME = 'ada.lovelace';
const PASSWORD = 'engine no. 1';
const ADDRESS = '127.0.0.1';

for (const { name, skipped, freshUrl } of databases.all) {
  describe.skipIf(skipped)(`the limit of log-ins on ${name}`, () => {
    let clock: { now: number };
    let one: UserService;
    let other: UserService;

    beforeEach(async () => {
      clock = { now: Date.parse('2026-11-20T12:00:00Z') };
      const url = freshUrl();
      one = await startInstance(url, clock);
      other = await startInstance(url, clock);
      await one.client.signUp({ body: { username: NAME, password: PASSWORD } });
    });
    afterEach(async () => {
      await one.close();
      await other.close();
    });
    const logIn = (password = PASSWORD, { client } = one, username = NAME, address = ADDRESS) =>
      client.logIn({ body: { username, password, address } });
    const wrong = (service = one, username = NAME) => logIn('wrong password', service, username);
    const codes = async (calls: Promise<unknown>[]) => {
      const outcomes = await Promise.allSettled(calls);
      return outcomes.map((outcome) => (outcome.status === 'fulfilled' ? 'ok' : outcome.reason.code));
    };

    it('five wrong ones – then 429 on every instance, for this name and address, until the window ends', async () => {
      for (const service of [one, other, one, other, one]) {
        await expect(wrong(service)).rejects.toMatchObject({ code: 'BAD_CREDENTIALS' });
        clock.now += 60_000;
      }
      for (const service of [one, other]) {
        await expect(logIn(PASSWORD, service)).rejects.toMatchObject({
          code: 'TOO_MANY_ATTEMPTS',
          status: 429,
          retryAfterSeconds: 600,
        });
      }
      await expect(logIn(PASSWORD, one, NAME, '127.0.0.2')).resolves.toBeDefined();
      clock.now += 10 * 60_000 - 1;
      await expect(logIn()).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds: 1 });
      clock.now += 1;
      await expect(logIn()).resolves.toBeDefined();
    });

    it('an unknown name – is counted like one that exists', async () => {
      for (let i = 0; i < 5; i++) await expect(wrong(one, 'nobody')).rejects.toMatchObject({ code: 'BAD_CREDENTIALS' });
      await expect(wrong(one, 'nobody')).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    });

    it('other cases of a name – are the same name', async () => {
      for (const username of [NAME, NAME.toUpperCase(), ` ${NAME}`, 'Ada.Lovelace', NAME]) {
        await expect(wrong(one, username)).rejects.toMatchObject({ code: 'BAD_CREDENTIALS' });
      }
      await expect(wrong(one, 'ADA.lovelace')).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    });

    it('eight wrong ones at once on two instances – five are told so, three are refused', async () => {
      const outcomes = await codes(Array.from({ length: 8 }, (_, i) => wrong(i % 2 ? one : other)));
      expect(outcomes.filter((code) => code === 'BAD_CREDENTIALS')).toHaveLength(5);
      expect(outcomes.filter((code) => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(3);
      expect(await codes([logIn()])).toEqual(['TOO_MANY_ATTEMPTS']);
    });

    it('twelve right ones at once on two instances – all succeed', async () => {
      const outcomes = await codes(Array.from({ length: 12 }, (_, i) => logIn(PASSWORD, i % 2 ? one : other)));
      expect(new Set(outcomes)).toEqual(new Set(['ok']));
    });

    it('four more at once after four wrong ones – one is told so', async () => {
      for (let i = 0; i < 4; i++) await wrong().catch(() => {});
      const outcomes = await codes(Array.from({ length: 4 }, (_, i) => wrong(i % 2 ? one : other)));
      expect(outcomes.filter((code) => code === 'BAD_CREDENTIALS')).toHaveLength(1);
    });

    it('a right one after four wrong ones – counts from the beginning again', async () => {
      for (let round = 0; round < 2; round++) {
        for (let i = 0; i < 4; i++) await wrong().catch(() => {});
        await expect(logIn()).resolves.toBeDefined();
      }
    });

    it('a right one that ends after the fifth wrong one was counted – is refused and clears nothing', async () => {
      const attempts = createAttemptRepository(one.database);
      const until = clock.now + 1_000;
      for (let i = 0; i < 5; i++) expect(await attempts.countWrong('key', clock.now, 1_000, 5)).toBeUndefined();
      expect(await attempts.countWrong('key', clock.now, 1_000, 5)).toBe(until);
      expect(await attempts.clear('key', clock.now, 5)).toBe(until);
      expect(await attempts.blockedUntil('key', until - 1, 5)).toBe(until);
      expect(await attempts.blockedUntil('key', until, 5)).toBeUndefined();
      expect(await attempts.clear('key', until, 5)).toBeUndefined();
    });

    it('what was typed – is not kept: neither names nor addresses stand in the table', async () => {
      await wrong(one, 'my secret in the wrong field').catch(() => {});
      const rows = await one.database.db.selectFrom('log_in_attempt').selectAll().execute();
      expect(rows).toHaveLength(1);
      expect(JSON.stringify(rows)).not.toMatch(/secret|127\.0/);
    });
  });
}
