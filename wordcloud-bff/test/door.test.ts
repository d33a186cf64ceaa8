import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { runMain } from '../../scripts/test-servers/run-main.ts';
import { startRedis } from '../../scripts/test-servers/start-redis.ts';
import { findRedis } from '../../scripts/test-servers/test-servers.ts';
import { type Backends, startBackends } from './backends.ts';
import { type BffOptions, problemOf, signIn, startBff } from './harness.ts';

const redis = await findRedis();
let backends: Backends;
beforeAll(async () => {
  backends = await startBackends();
});
afterAll(() => backends?.stop());

async function start(options: BffOptions) {
  const bff = await startBff(backends, options);
  onTestFinished(() => bff.close());
  return bff;
}

/** So slow that nothing comes back while a test runs. */
const rate = (burst: number) => ({ rate: 1, periodMs: 3_600_000, burst });
const statuses = (answers: Response[]) => answers.map(({ status }) => status);

describe('rate limits', () => {
  it('one address – so many requests, whoever sends them, then 429 that says when to come back', async () => {
    const { call } = await start({ addressRate: rate(4) });
    const answers = [
      await call('/api/options'),
      await call('/api/me'),
      await call('/api/me', { headers: { authorization: 'Bearer a.b.c' } }),
      await call('/api/no-such-thing'),
    ];
    expect(statuses(answers)).toEqual([200, 401, 401, 404]);
    expect(answers[1]!.headers.get('ratelimit')).toMatch(/^"address";r=2;t=\d+$/);
    const refused = await call('/api/options');
    expect(await problemOf(refused)).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000);
    expect(refused.headers.get('ratelimit-policy')).toBe('"address";q=4;w=14400');
  });

  it('probes – never limited', async () => {
    const { call } = await start({ addressRate: rate(1) });
    await call('/api/options');
    for (let i = 0; i < 3; i++) expect((await call('/readyz')).status).toBe(200);
  });

  it('one user – so many requests, others go on; what is refused has not been done', async () => {
    const bff = await start({ userRate: rate(3) });
    const [ada, bob] = [await signIn(bff), await signIn(bff)];
    const titles = async () => ((await (await ada.call('/api/wordclouds')).json()) as { total: number }).total;
    expect((await ada.postText({ text: 'whales' })).status).toBe(202);
    expect(await titles()).toBe(1);
    expect((await ada.call('/api/me')).headers.get('ratelimit')).toMatch(/^"address";r=\d+;t=\d+, "user";r=0;t=\d+$/);
    const form = new FormData();
    form.append('file', new Blob(['ships '.repeat(10_000)]), 'ships.txt');
    for (const refused of [
      await ada.postText({ text: 'ships' }),
      await ada.postForm(form),
      await ada.call('/api/me'),
    ]) {
      expect(await problemOf(refused)).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    }
    expect((await bob.call('/api/me')).status).toBe(200);
    expect((await bff.stored()).filter((path) => path.includes('source'))).toHaveLength(1);
  });

  it('a flood – refused before the user service is asked', async () => {
    const bff = await start({ addressRate: rate(1) });
    await bff.call('/api/options');
    const started = performance.now();
    const body = JSON.stringify({ username: 'jackchen', password: 'wrong' });
    const headers = { 'content-type': 'application/json' };
    const floods = Array.from({ length: 200 }, () => bff.call('/api/auth/login', { method: 'POST', headers, body }));
    expect(new Set(statuses(await Promise.all(floods)))).toEqual(new Set([429]));
    // Checking so many passwords would have taken it many seconds.
    const client = backends.connectUsers();
    const session = await client.logIn({ body: { username: 'jackchen', password: '1234', address: '::1' } });
    expect(session.user.username).toBe('jackchen');
    await client.close();
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('bulkheads', () => {
  it('an upload that trickles in – takes the place of an upload only', async () => {
    const bff = await start({ workers: 1 });
    const member = await signIn(bff);
    const { hostname, port } = new URL(bff.origin);
    const slow = connect(Number(port), hostname);
    onTestFinished(() => void slow.destroy());
    await once(slow, 'connect');
    const head = [
      'POST /api/wordclouds HTTP/1.1',
      `Host: ${hostname}`,
      `Authorization: Bearer ${member.accessToken}`,
      'Content-Type: application/json',
      'Content-Length: 100',
    ];
    slow.write(`${head.join('\r\n')}\r\n\r\n{"text":`);
    const second = () => member.postText({ text: 'whales' });
    await expect.poll(async () => (await second()).status, { timeout: 10_000 }).toBe(503);
    const refused = await second();
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await problemOf(refused)).toMatchObject({ code: 'OVERLOADED', detail: expect.stringContaining('uploads') });
    expect((await member.call('/api/me')).status).toBe(200);
    slow.destroy();
    await expect.poll(async () => (await second()).status, { timeout: 10_000 }).toBe(202);
  });

  it('event streams – take no place', async () => {
    const bff = await start({ workers: 1 });
    const member = await signIn(bff);
    const leaving = new AbortController();
    const streams = await Promise.all([1, 2, 3].map(() => member.call('/api/events', { signal: leaving.signal })));
    expect(statuses(streams)).toEqual([200, 200, 200]);
    expect((await member.call('/api/me')).status).toBe(200);
    leaving.abort();
  });
});

describe.skipIf(redis.missing)(`limits of three processes on one Redis${redis.note}`, () => {
  it('shared; Redis is killed – the door stays open; Redis is back – shared again', async () => {
    const server = await startRedis();
    onTestFinished(() => server.stop());
    const { userOrigin: USERSVC, taskOrigin: TASKSVC, folder: DATA_DIR } = backends;
    const env = { USERSVC, TASKSVC, DATA_DIR, MAKERSVC: 'http://127.0.0.1:1', GDD_MANAGE_PASS: 'admin' };
    const limits = { REDIS_URL: server.url, RATE_LIMIT_USER: '1-H-10', RATE_LIMIT_ADDRESS: '10000-S' };
    const bffs = [1, 2, 3].map(() => runMain('wordcloud-bff/src/main.ts', { ...env, ...limits }));
    onTestFinished(async () => {
      for (const bff of bffs) bff.kill('SIGTERM');
      for (const bff of bffs) expect((await bff.ended).code).toBe(0);
    });
    const origins = await Promise.all(bffs.map(({ ready }) => ready));
    const isUp = async (origin: string) => {
      const headers = { authorization: `Basic ${btoa('admin:admin')}` };
      const text = await (await fetch(`${origin}/go-doudou/prometheus`, { headers })).text();
      return Number(/^rate_limiter_redis_up\{.*\} (\d)$/m.exec(text)?.[1]);
    };
    const allAre = (value: number) =>
      expect.poll(() => Promise.all(origins.map(isUp)), { timeout: 15_000 }).toEqual([value, value, value]);
    const post = (path: string, body: object) =>
      fetch(origins[0] + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const newUser = async (username: string) => {
      const credentials = { username, password: 'engine no. 1' };
      await post('/api/auth/signup', credentials);
      const { accessToken } = (await (await post('/api/auth/login', credentials)).json()) as { accessToken: string };
      const get = (origin: string) =>
        fetch(`${origin}/api/me`, { headers: { authorization: `Bearer ${accessToken}` } });
      return { get, flood: async () => Promise.all(Array.from({ length: 30 }, (_, i) => get(origins[i % 3]!))) };
    };
    const allowed = (answers: Response[]) => statuses(answers).filter((status) => status === 200).length;

    await allAre(1);
    expect(allowed(await (await newUser('before')).flood())).toBe(10);
    await server.stop();
    await allAre(0);
    const during = await (await newUser('during')).flood();
    // Each has a limit of its own now.
    expect(allowed(during)).toBe(30);
    const again = await startRedis(Number(new URL(server.url).port));
    onTestFinished(() => again.stop());
    await allAre(1);
    expect(allowed(await (await newUser('after')).flood())).toBe(10);
  }, 60_000);
});
