/** Limits on a real Redis: shared between processes, and what happens when it is away, slow, or not what it should be. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createLogger, createMetrics } from '@wordcloud/telemetry';
import fc from 'fast-check';
import { Redis } from 'ioredis';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startRedis } from '../../../scripts/test-servers/start-redis.ts';
import { findRedis } from '../../../scripts/test-servers/test-servers.ts';
import { spansOf } from '../../telemetry/test/spans-of.ts';
import type { Decision, Limit } from '../src/limits/gcra.ts';
import { createLocalLimiter } from '../src/limits/local-limiter.ts';
import { createSharedLimiter } from '../src/limits/shared-limiter.ts';

const redis = await findRedis();
const PATIENCE = { timeout: 15_000 };

/** Patient with a busy machine, where a test is not about time. */
function open(url: string, answerMs = 5_000) {
  const logged: { level: string; msg: string; reason?: string; text: string }[] = [];
  const write = (text: string) => logged.push({ ...JSON.parse(text), text });
  const logger = createLogger({ service: 'test', level: 'debug', destination: { write } });
  const metrics = createMetrics('test', { processMetrics: false });
  const limiter = createSharedLimiter({ url, logger, metrics, answerMs });
  onTestFinished(() => limiter.close());
  const read = async (series: string) => {
    const lines = (await metrics.registry.metrics()).split('\n');
    return Number(lines.find((line) => line.startsWith(`${series} `))?.slice(series.length) ?? 0);
  };
  return {
    limiter,
    logged,
    messages: () => logged.map(({ msg }) => msg),
    isUp: () => read('rate_limiter_redis_up{service="test"}'),
    decided: (backend: string, outcome = 'allowed') =>
      read(`rate_limiter_decisions_total{scope="user",outcome="${outcome}",backend="${backend}",service="test"}`),
    becomes: (backend: string) => expect.poll(() => limiter.state().backend, PATIENCE).toBe(backend),
  };
}

async function openShared(answerMs?: number) {
  const opened = open(redis.url(), answerMs);
  await opened.becomes('redis');
  return opened;
}

/** A server that the test may end and pause. */
async function own(port?: number) {
  const server = await startRedis(port);
  onTestFinished(server.stop);
  return server;
}

/** Free, and below those that are given to whoever wants any (on Linux from 32768), so that nobody takes it meanwhile. */
async function quietPort(): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 12_000);
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return quietPort();
  }
  server.close();
  await once(server, 'close');
  return port;
}

function rawClient(url: string): Redis {
  const client = new Redis(url);
  onTestFinished(() => client.disconnect());
  return client;
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
const fresh = () => randomUUID();
const limitOf = (rate: number, periodMs: number, burst = rate): Limit => ({ rate, periodMs, burst });
const HOUR = 3_600_000;
const TEN_A_SECOND = limitOf(10, 1_000);
const AWAY = 'Redis is away: each instance limits on its own';
const ANSWERS = 'Redis answers: limits are shared';

describe.skipIf(redis.missing)(`limits on Redis${redis.note}`, () => {
  it('the steps of redis_rate’s TestAllow, a thousand times slower – its results', async () => {
    const { limiter } = await openShared();
    const key = fresh();
    // Redis has its own clock: what passes between the steps is nothing, as long as the interval is 100 s.
    const step = async (cost: number) => {
      const decision = await limiter.allow('user', key, limitOf(10, 1_000_000), cost);
      const { allowed, remaining, retryAfterMs, resetAfterMs } = decision;
      const seconds = (ms: number) => (ms === -1 ? -1 : Math.round(ms / 50_000) * 50);
      return [allowed, remaining, seconds(retryAfterMs), seconds(resetAfterMs)];
    };
    expect(await step(0)).toEqual([0, 10, -1, 0]);
    expect(await step(1)).toEqual([1, 9, -1, 100]);
    expect(await step(0)).toEqual([0, 9, -1, 100]);
    expect(await step(2)).toEqual([2, 7, -1, 300]);
    expect(await step(7)).toEqual([7, 0, -1, 1_000]);
    expect(await step(1_000)).toEqual([0, 0, 100_000, 1_000]);
  });

  it('ten a second – allowed again after as long as it says', async () => {
    const { limiter } = await openShared();
    const key = fresh();
    const limit = limitOf(10, 1_000, 1);
    const startedAt = performance.now();
    expect(await limiter.allow('user', key, limit)).toMatchObject({ allowed: 1, resetAfterMs: 100 });
    const ask = async () => (await limiter.allow('user', key, limit)).allowed;
    await expect.poll(ask, { ...PATIENCE, interval: 5 }).toBe(1);
    expect(performance.now() - startedAt).toBeGreaterThan(95);
  });

  it('its key – go-doudou’s prefix, scope and key; gone when nothing is left to remember', async () => {
    const { limiter } = await openShared();
    const client = rawClient(redis.url());
    const key = fresh();
    await limiter.allow('user', key, limitOf(1, 60_000), 0);
    expect(await client.exists(`go-doudou:rate:user:${key}`)).toBe(0);
    await limiter.allow('user', key, limitOf(1, 60_000));
    const left = await client.pttl(`go-doudou:rate:user:${key}`);
    expect(left).toBeGreaterThan(50_000);
    expect(left).toBeLessThanOrEqual(60_000);
  });

  it('a decision within a recorded step – a span, without key and arguments; elsewhere none', async () => {
    const { limiter } = await openShared();
    const key = fresh();
    const spans = await spansOf(() => limiter.allow('user', key, TEN_A_SECOND));
    const { hostname, port } = new URL(redis.url());
    expect(spans).toMatchObject([
      {
        ...{ name: 'EVALSHA gcra', kind: 2, status: { code: 0 } },
        attributes: {
          ...{ 'db.system.name': 'redis', 'db.operation.name': 'EVALSHA', 'db.stored_procedure.name': 'gcra' },
          ...{ 'db.namespace': '0', 'server.address': hostname, 'server.port': Number(port) },
        },
      },
    ]);
    expect(JSON.stringify(spans[0]!.attributes)).not.toContain(key);
    expect(await spansOf(() => limiter.allow('user', key, TEN_A_SECOND), 0)).toEqual([]);
  });

  it('a key that holds something else – as if it held nothing', async () => {
    const { limiter, decided } = await openShared();
    const key = fresh();
    await rawClient(redis.url()).set(`go-doudou:rate:user:${key}`, 'nonsense', 'EX', 60);
    expect(await limiter.allow('user', key, TEN_A_SECOND)).toMatchObject({ allowed: 1, remaining: 9 });
    expect(await decided('redis')).toBe(1);
  });

  it('any limits, costs and pauses – the decisions of the local limiter', async () => {
    const { limiter } = await openShared();
    const client = rawClient(redis.url());
    // Intervals of a minute and more: what passes between two calls cannot make a difference.
    const limits = fc.record({
      rate: fc.integer({ min: 1, max: 30 }),
      periodMs: fc.constantFrom(HOUR, 24 * HOUR),
      burst: fc.integer({ min: 1, max: 40 }),
    });
    const steps = fc.array(fc.record({ cost: fc.nat(6), quarters: fc.nat(9) }), { maxLength: 15 });
    await fc.assert(
      fc.asyncProperty(limits, steps, async (limit, list) => {
        const key = fresh();
        let skippedMs = 0;
        const local = createLocalLimiter({ now: () => performance.now() + skippedMs });
        for (const { cost, quarters } of list) {
          // Time passes by setting back what Redis remembers.
          const ms = (quarters * limit.periodMs) / limit.rate / 4;
          skippedMs += ms;
          const tat = await client.get(`go-doudou:rate:user:${key}`);
          if (tat) await client.set(`go-doudou:rate:user:${key}`, String(Number(tat) - ms * 1_000), 'KEEPTTL');
          const here = local.allow(key, limit, cost);
          const there = await limiter.allow('user', key, limit, cost);
          expect(rounded(there)).toEqual(rounded(here));
          expect(Math.abs(there.retryAfterMs - here.retryAfterMs)).toBeLessThan(1_000);
          expect(Math.abs(there.resetAfterMs - here.resetAfterMs)).toBeLessThan(1_000);
        }
      }),
      { numRuns: 40 },
    );
    expect(limiter.state().localKeys).toBe(0);
  });

  it('three processes – share one limit', async () => {
    const all = [await openShared(), await openShared(), await openShared()];
    const key = fresh();
    const decisions = await Promise.all(
      Array.from({ length: 90 }, (_, i) => all[i % 3]!.limiter.allow('user', key, limitOf(30, HOUR))),
    );
    expect(decisions.filter(({ allowed }) => allowed === 1)).toHaveLength(30);
    const byRedis = await Promise.all(
      all.map(async ({ decided }) => (await decided('redis')) + (await decided('redis', 'refused'))),
    );
    expect(byRedis).toEqual([30, 30, 30]);
  });

  it('the event loop is held up for longer than Redis may take – its answer still counts', async () => {
    const { limiter, decided } = await openShared(50);
    // From here the loop comes to its timers before it comes to reading.
    await nextTurn();
    const decision = limiter.allow('user', fresh(), TEN_A_SECOND);
    const until = performance.now() + 300;
    while (performance.now() < until);
    await decision;
    expect(await decided('redis')).toBe(1);
  });
});

describe.skipIf(redis.missing)(`a Redis that goes away${redis.note}`, () => {
  it('ended and started again – the door stays open on local limits; then limits are shared again', async () => {
    const port = await quietPort();
    const first = await own(port);
    const { limiter, becomes, isUp, decided, messages, logged } = open(first.url);
    await becomes('redis');
    expect(await isUp()).toBe(1);
    const key = fresh();
    const ask = async () => (await limiter.allow('user', key, limitOf(2, HOUR))).allowed;
    expect([await ask(), await ask(), await ask()]).toEqual([1, 1, 0]);

    await first.stop();
    await becomes('local');
    expect(await isUp()).toBe(0);
    expect([await ask(), await ask(), await ask()]).toEqual([1, 1, 0]);
    expect(await decided('local')).toBe(2);

    await own(port);
    await becomes('redis');
    expect(await isUp()).toBe(1);
    expect(await ask()).toBe(1);
    expect(messages()).toEqual([ANSWERS, AWAY, ANSWERS]);
    expect(logged.map(({ level }) => level)).toEqual(['info', 'warn', 'info']);
  });

  it('ended while it is asked – every decision is made all the same', async () => {
    const server = await own();
    const { limiter, becomes } = open(server.url, 15_000);
    await becomes('redis');
    process.kill(server.pid, 'SIGSTOP');
    const startedAt = performance.now();
    const decisions = Array.from({ length: 20 }, () => limiter.allow('user', fresh(), TEN_A_SECOND));
    process.kill(server.pid, 'SIGKILL');
    expect((await Promise.all(decisions)).every(({ allowed }) => allowed === 1)).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    await becomes('local');
  });

  it('paused – costs time once, not each time; comes back by itself', async () => {
    const server = await own();
    const { limiter, becomes, decided, messages } = open(server.url, 300);
    await becomes('redis');
    process.kill(server.pid, 'SIGSTOP');
    await limiter.allow('user', fresh(), TEN_A_SECOND);
    expect(limiter.state().backend).toBe('local');
    let isDecided = false;
    void limiter.allow('user', fresh(), TEN_A_SECOND).then(() => {
      isDecided = true;
    });
    await nextTurn();
    expect(isDecided).toBe(true);
    expect(await decided('local')).toBe(2);
    process.kill(server.pid, 'SIGCONT');
    await becomes('redis');
    expect(messages()).toEqual([ANSWERS, AWAY, ANSWERS]);
  });

  it('not there from the start – local limits at once; found when it comes', async () => {
    const port = await quietPort();
    const { limiter, becomes, logged } = open(`redis://:p%40ss%2Fw%3Ard@127.0.0.1:${port}`);
    expect((await limiter.allow('user', fresh(), TEN_A_SECOND)).allowed).toBe(1);
    await expect.poll(() => logged).toMatchObject([{ msg: AWAY, reason: `connect ECONNREFUSED 127.0.0.1:${port}` }]);
    await own(port);
    await becomes('redis');
  });

  it('refuses the password – away, and the log does not tell it', async () => {
    const server = await own();
    const { limiter, logged, messages } = open(server.url.replace('p%40ss', 'hush'));
    await expect.poll(messages, PATIENCE).toEqual([AWAY]);
    expect(limiter.state()).toMatchObject({ backend: 'local', redis: `${new URL(server.url).host}/0` });
    expect(logged[0]?.reason).toMatch(/^WRONGPASS/);
    expect(logged.map(({ text }) => text).join()).not.toMatch(/hush|rd@|w:rd/);
  });

  it('answers but may not write – away', async () => {
    const server = await own();
    const client = rawClient(server.url);
    await client.config('SET', 'maxmemory', '1');
    const { logged } = open(server.url);
    await expect.poll(() => logged, PATIENCE).toMatchObject([{ msg: AWAY, reason: expect.stringMatching(/OOM/) }]);
    await client.config('SET', 'maxmemory', '0');
    await expect.poll(() => logged, PATIENCE).toMatchObject([{ msg: AWAY }, { msg: ANSWERS }]);
  });

  it('closed – asks no more, logs no more, and still decides', async () => {
    const server = await own();
    const { limiter, becomes, messages } = open(server.url);
    await becomes('redis');
    const under = limiter.allow('user', fresh(), TEN_A_SECOND);
    await limiter.close();
    expect((await under).allowed).toBe(1);
    const client = rawClient(server.url);
    await expect
      .poll(
        async () =>
          String(await client.client('LIST'))
            .trim()
            .split('\n').length,
      )
      .toBe(1);
    expect((await limiter.allow('user', fresh(), TEN_A_SECOND)).allowed).toBe(1);
    expect(messages()).toEqual([ANSWERS]);
  });
});

function rounded({ allowed, remaining, retryAfterMs }: Decision) {
  return { allowed, remaining, isRefused: retryAfterMs !== -1 };
}
