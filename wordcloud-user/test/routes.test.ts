import { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { userContract } from '@wordcloud/contracts';
import { createLogger } from '@wordcloud/telemetry';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createArgon2Hasher } from '../src/infra/argon2-hasher.ts';
import { sqliteFiles, startInstance, TOKEN, type UserService } from './harness.ts';

const sqlite = await sqliteFiles();
const lines: string[] = [];
const destination = new Writable({
  write(chunk: Buffer, _encoding, done) {
    lines.push(chunk.toString());
    done();
  },
});
const logger = createLogger({ service: 'test', level: 'trace', destination });

let service: UserService;
beforeAll(async () => {
  service = await startInstance(sqlite.freshUrl(), { now: Date.now() }, logger);
});
afterAll(async () => {
  await service.close();
  await sqlite.remove();
});

const authorization = `Bearer ${TOKEN}`;
const post = (url: string, payload: unknown) =>
  service.app.server.inject({
    method: 'POST',
    url,
    headers: { authorization, 'content-type': 'application/json' },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  });
const get = (url: string) => service.app.server.inject({ method: 'GET', url, headers: { authorization } });

describe('routes', () => {
  it.each(Object.entries(userContract.operations))(
    '%s – without or with a wrong service token – 401',
    async (_id, operation) => {
      const { method, path } = operation;
      for (const headers of [{}, { authorization: 'Bearer wrong' }]) {
        const reply = await service.app.server.inject({ method, url: path.replace(':userId', 'x'), headers });
        expect(reply.statusCode).toBe(401);
        expect(reply.json()).toMatchObject({ code: 'UNAUTHENTICATED', type: 'urn:wordcloud:error:UNAUTHENTICATED' });
      }
    },
  );

  it('health and readiness – without a token – 200', async () => {
    for (const url of ['/healthz', '/readyz']) expect((await service.app.server.inject(url)).statusCode).toBe(200);
  });

  it.each([
    ['/users', {}, ['username', 'password']],
    ['/users', { username: 'ada', password: 'long enough', admin: true }, ['admin']],
    ['/users', { username: 1, password: 'long enough' }, ['username']],
    ['/users', { username: 'x'.repeat(257), password: 'y'.repeat(1025) }, ['username', 'password']],
    ['/sessions', { username: 'ada', password: 'long enough' }, ['address']],
    ['/sessions/refresh', {}, ['refreshToken']],
    ['/sessions/refresh', { refreshToken: 'x'.repeat(513) }, ['refreshToken']],
    ['/sessions/revoke', { refreshToken: null }, ['sessionId']],
    ['/tokens/validate', { accessToken: 'x'.repeat(4097) }, ['accessToken']],
  ])('%s – %j – 400 that names the fields', async (url, body, fields) => {
    const reply = await post(url, body);
    expect(reply.statusCode).toBe(400);
    expect(reply.headers['content-type']).toContain('application/problem+json');
    expect(reply.json().code).toBe('INVALID_INPUT');
    expect(reply.json().errors.map(({ field }: { field: string }) => field)).toEqual(fields);
  });

  it.each(['after=-1', 'after=x', 'waitMs=20001', 'waitMs=-1'])('/revocations?%s – 400', async (query) => {
    const reply = await get(`/revocations?${query}`);
    expect(reply.statusCode).toBe(400);
    expect(reply.json().errors[0].field).toBe(query.split('=')[0]);
  });

  it('/revocations – without a query – at once, from the beginning', async () => {
    expect((await get('/revocations')).json()).toEqual({ items: [], cursor: 0 });
    expect((await get('/revocations?after=7')).json()).toEqual({ items: [], cursor: 7 });
  });

  it('/users – malformed JSON – 400', async () => {
    const reply = await post('/users', '{"username":');
    expect(reply.statusCode).toBe(400);
    expect(reply.json().code).toBe('BAD_REQUEST');
  });

  it('log-in – refused by the limit – 429 with Retry-After', async () => {
    const body = { username: 'mallory', password: 'wrong', address: '::1' };
    for (let i = 0; i < 5; i++) expect((await post('/sessions', body)).statusCode).toBe(401);
    const reply = await post('/sessions', body);
    expect(reply.statusCode).toBe(429);
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(890);
  });

  it('passwords and tokens – right, wrong or misplaced – never in a log line, and no password in an answer', async () => {
    const password = 'hunter2-in-the-log';
    const made = await post('/users', { username: 'grace', password });
    expect(made.statusCode).toBe(201);
    const session = await post('/sessions', { username: 'grace', password, address: '::1' });
    const { accessToken, refreshToken } = session.json();
    const rotated = await post('/sessions/refresh', { refreshToken });
    const replies = [
      made,
      session,
      rotated,
      await post('/users', { username: 'grace', password }),
      await post('/users', { username: '!', password: password.slice(0, 7) }),
      await post('/users', { username: 'grace', password: [password] }),
      await post('/users', `{"username":"grace","password":"${password}"`),
      await post('/sessions', { username: 'nobody', password, address: '::1' }),
      await post('/sessions/refresh', { refreshToken }),
      await post('/tokens/validate', { accessToken }),
      await post('/sessions/revoke', { refreshToken, sessionId: null }),
    ];
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([
      201, 200, 200, 409, 400, 400, 400, 401, 401, 200, 204,
    ]);
    for (const { body } of replies) expect(body).not.toContain('hunter2');
    expect(lines.length).toBeGreaterThanOrEqual(replies.length);
    const log = lines.join('');
    for (const secret of ['hunter2', accessToken, refreshToken, rotated.json().refreshToken]) {
      expect(log).not.toContain(secret);
    }
  });

  it('the database – holds neither passwords nor refresh tokens', async () => {
    await post('/users', { username: 'edsger', password: 'goto considered' });
    const { refreshToken } = (
      await post('/sessions', { username: 'edsger', password: 'goto considered', address: '::1' })
    ).json();
    const { db } = service.database;
    const rows = JSON.stringify([
      await db.selectFrom('account').selectAll().execute(),
      await db.selectFrom('refresh_token').selectAll().execute(),
      await db.selectFrom('session').selectAll().execute(),
    ]);
    expect(rows).toContain('$argon2id$');
    expect(rows).not.toContain('goto considered');
    expect(rows).not.toContain(refreshToken);
  });

  it('hashing – twelve at once – the event loop turns meanwhile', async () => {
    const hasher = createArgon2Hasher();
    const turnsDuring = async (work: Promise<unknown>) => {
      const ended = work.then(() => 'ended');
      let turns = 0;
      while ((await Promise.race([ended, setImmediate('turned')])) === 'turned') turns++;
      return turns;
    };
    expect(
      await turnsDuring(Promise.all(Array.from({ length: 12 }, () => hasher.hash('long enough')))),
    ).toBeGreaterThan(20);
  });
});
