/** Rate limits on the requests of an app. */
import { defineContract } from '@wordcloud/contracts';
import { createLogger, createMetrics } from '@wordcloud/telemetry';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '../src/index.ts';
import { addressKey } from '../src/limits/address-key.ts';
import { parseRate } from '../src/limits/rate.ts';
import { rateLimit } from '../src/limits/rate-limit-hook.ts';
import { createSharedLimiter, type SharedLimiter } from '../src/limits/shared-limiter.ts';

const logger = createLogger({ service: 'test', level: 'silent' });

function makeLimiter() {
  const clock = { now: 0 };
  const metrics = createMetrics('test', { processMetrics: false });
  return { clock, metrics, limiter: createSharedLimiter({ logger, metrics, now: () => clock.now }) };
}

type Hooks = (limiter: SharedLimiter) => ReturnType<typeof rateLimit>[];

async function serve(hooks: Hooks) {
  const { clock, metrics, limiter } = makeLimiter();
  const { server } = await createApp({
    ...{ contract: defineContract('wordcloud-bff', {}), logger, checks: {}, trustProxy: '127.0.0.1' },
    metrics: createMetrics('test', { processMetrics: false }),
  });
  for (const hook of hooks(limiter)) server.addHook('onRequest', hook);
  server.get('/', async () => 'done');
  server.get('/broken', async () => {
    throw new Error('broken');
  });
  onTestFinished(async () => {
    await server.close();
  });
  const get = (headers: Record<string, string> = {}, url = '/') => server.inject({ url, headers });
  return { clock, metrics, get };
}

const byUser = (scope: string, rate: string): Hooks => {
  const keyOf = ({ headers }: { headers: Record<string, string | string[] | undefined> }) =>
    headers['x-user']?.toString();
  return (limiter) => [rateLimit(limiter, { scope, rate: parseRate(rate), keyOf })];
};

describe('rateLimit', () => {
  it('within the rate – answered, and each answer says what is allowed and left', async () => {
    const { get, clock } = await serve(byUser('user', '100-S-200'));
    const first = await get({ 'x-user': 'ada' });
    expect(first.statusCode).toBe(200);
    expect(first.headers).toMatchObject({ 'ratelimit-policy': '"user";q=200;w=2', ratelimit: '"user";r=199;t=1' });
    for (let i = 0; i < 150; i++) await get({ 'x-user': 'ada' });
    expect((await get({ 'x-user': 'ada' }, '/broken')).headers.ratelimit).toBe('"user";r=48;t=2');
    clock.now += 100;
    expect((await get({ 'x-user': 'ada' }, '/nowhere')).headers.ratelimit).toBe('"user";r=57;t=2');
  });

  it('above the rate – 429 RATE_LIMITED, with when to try again; then it is allowed', async () => {
    const { get, clock } = await serve(byUser('user', '1-M-2'));
    await get({ 'x-user': 'ada' });
    await get({ 'x-user': 'ada' });
    clock.now += 500;
    const refused = await get({ 'x-user': 'ada' });
    expect(refused.statusCode).toBe(429);
    expect(refused.headers).toMatchObject({
      'retry-after': '60',
      'ratelimit-policy': '"user";q=2;w=120',
      ratelimit: '"user";r=0;t=60',
    });
    expect(refused.json()).toMatchObject({
      code: 'RATE_LIMITED',
      detail: 'Allowed for each user are 1 a minute, 2 at once; try again in 60 s.',
    });
    clock.now += 59_500;
    expect((await get({ 'x-user': 'ada' })).statusCode).toBe(200);
  });

  it('less than a second to wait – says 1', async () => {
    const { get } = await serve(byUser('user', '50-S-1'));
    await get({ 'x-user': 'ada' });
    expect((await get({ 'x-user': 'ada' })).headers).toMatchObject({ 'retry-after': '1', ratelimit: '"user";r=0;t=1' });
  });

  it('keys – each has its own; without one there is no limit', async () => {
    const { get } = await serve(byUser('user', '1-H'));
    const statuses = async (user?: string) => {
      const answers = [await get(user ? { 'x-user': user } : {}), await get(user ? { 'x-user': user } : {})];
      return answers.map(({ statusCode }) => statusCode);
    };
    expect(await statuses('ada')).toEqual([200, 429]);
    expect(await statuses('bob')).toEqual([200, 429]);
    expect(await statuses()).toEqual([200, 200]);
    expect((await get()).headers).not.toHaveProperty('ratelimit');
  });

  it('several scopes – one list; each counts by itself', async () => {
    const { get } = await serve((limiter) => [
      rateLimit(limiter, { scope: 'address', rate: parseRate('2-M'), keyOf: ({ ip }) => addressKey(ip) }),
      ...byUser('user', '10-S')(limiter),
    ]);
    const from = (ip: string) => get({ 'x-user': 'ada', 'x-forwarded-for': ip });
    expect((await from('2001:db8::1')).headers).toMatchObject({
      'ratelimit-policy': '"address";q=2;w=60, "user";q=10;w=1',
      ratelimit: '"address";r=1;t=30, "user";r=9;t=1',
    });
    await from('2001:db8::2');
    const refused = await from('2001:db8::3');
    expect(refused.statusCode).toBe(429);
    expect(refused.headers.ratelimit).toBe('"address";r=0;t=30');
    expect((await from('192.0.2.7')).headers.ratelimit).toBe('"address";r=1;t=30, "user";r=7;t=1');
  });

  it('decisions – counted by scope, outcome and who decided', async () => {
    const { get, metrics } = await serve(byUser('user', '1-H'));
    for (let i = 0; i < 3; i++) await get({ 'x-user': 'ada' });
    const text = await metrics.registry.metrics();
    const counter = 'rate_limiter_decisions_total';
    expect(text).toContain(`${counter}{scope="user",outcome="allowed",backend="local",service="test"} 1`);
    expect(text).toContain(`${counter}{scope="user",outcome="refused",backend="local",service="test"} 2`);
    expect(text).not.toContain('rate_limiter_redis_up');
  });

  it.each(['', 'a b', 'a"b', 'a:b'])('scope %j – refused', (scope) => {
    const { limiter } = makeLimiter();
    const make = () => rateLimit(limiter, { scope, rate: parseRate('1-S'), keyOf: () => 'x' });
    expect(make).toThrow(RangeError);
  });
});

describe('createSharedLimiter without Redis', () => {
  it('state – says that limits hold here', async () => {
    const { limiter } = makeLimiter();
    await limiter.allow('user', 'ada', parseRate('1-S'));
    expect(limiter.state()).toEqual({ backend: 'local', redis: undefined, localKeys: 1 });
    await limiter.close();
  });

  it('a URL that is none – refused without showing it', () => {
    const metrics = createMetrics('test', { processMetrics: false });
    const make = () => createSharedLimiter({ url: 'redis://:hush#x@cache', logger, metrics });
    expect(make).toThrow(/^The URL of Redis is not like redis:\/\/user:password@host:6379\/0/);
  });
});
