/**
 * Requests a second through the door of the bff (address limit, token, user limit, bulkhead; logs, metrics) beside the bare route:
 *
 *   node bench/rpc/door.ts [--rounds 10] [--seconds 1] [--concurrency 32]
 *
 * All answer the same: who is signed in. The callers live in this process, each server in its own; turns are short. With Redis where Redis
 * is installed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { freePort } from '../../scripts/test-servers/child-server.ts';
import { findProgram } from '../../scripts/test-servers/find-program.ts';
import { runMain, type ServiceProcess } from '../../scripts/test-servers/run-main.ts';
import { startRedis } from '../../scripts/test-servers/start-redis.ts';
import { Worker } from './processes.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '1' },
    concurrency: { type: 'string', default: '32' },
  },
});
const concurrency = Number(values.concurrency);
const WARM_UP_SECONDS = 2;

interface Turn {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

const folder = await mkdtemp(join(tmpdir(), 'wordcloud-bench-'));
const services: ServiceProcess[] = [];
const start = async (main: string, env: Record<string, string>): Promise<string> => {
  // No line for each request, as the bare route writes none: then `ready` is not told either.
  const port = String(await freePort());
  const silent = { GDD_LOG_LEVEL: 'warn', GDD_PORT: port };
  services.push(runMain(main, { DATA_DIR: folder, DEMO_ACCOUNT: 'true', ...silent, ...env }));
  const origin = `http://127.0.0.1:${port}`;
  const isReady = () =>
    fetch(`${origin}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) await pause(100);
  return origin;
};
const redis = findProgram('redis-server') ? await startRedis() : undefined;
const bare = new Worker('bare-door.ts', []);
try {
  const nobody = 'http://127.0.0.1:1';
  const USERSVC = await start('wordcloud-user/src/main.ts', {});
  const plenty = { RATE_LIMIT_ADDRESS: '1000000-S', RATE_LIMIT_USER: '1000000-S' };
  const bff = (env: Record<string, string>) =>
    start('wordcloud-bff/src/main.ts', { USERSVC, TASKSVC: nobody, MAKERSVC: nobody, ...plenty, ...env });
  const origins: Record<string, string> = {
    'bare route': (await bare.ask<{ address: string }>({})).address,
    'the door': await bff({}),
    ...(redis && { 'the door, Redis': await bff({ REDIS_URL: redis.url }) }),
  };
  const authorization = `Bearer ${await logIn(origins['the door']!)}`;
  const pools = Object.entries(origins).map(([name, origin]) => ({
    name,
    pool: new Pool(origin, { connections: concurrency }),
    turns: [] as Turn[],
  }));
  for (const { pool } of pools) await load(pool, authorization, WARM_UP_SECONDS);
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const { pool, turns } of pools) turns.push(await load(pool, authorization, Number(values.seconds)));
  }
  print(pools);
  await Promise.all(pools.map(({ pool }) => pool.close()));
} finally {
  for (const service of services) service.kill('SIGKILL');
  await Promise.all([...services.map(({ ended }) => ended), bare.end(), redis?.stop()]);
  await rm(folder, { recursive: true, force: true });
}

async function logIn(origin: string): Promise<string> {
  const answer = await fetch(`${origin}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'jackchen', password: '1234' }),
  });
  return ((await answer.json()) as { accessToken: string }).accessToken;
}

async function load(pool: Pool, authorization: string, seconds: number): Promise<Turn> {
  const latencies: number[] = [];
  const from = performance.now();
  const work = async () => {
    for (let before = from; before < from + seconds * 1000; ) {
      before = performance.now();
      const { statusCode, body } = await pool.request({ method: 'GET', path: '/api/me', headers: { authorization } });
      const { user } = (await body.json()) as { user?: { username: string } };
      if (user?.username !== 'jackchen') throw new Error(`a wrong answer, status ${statusCode}`);
      latencies.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (q: number) => sorted[Math.ceil(q * sorted.length) - 1]!;
  return { perSecond: (sorted.length * 1000) / (performance.now() - from), p50Ms: at(0.5), p99Ms: at(0.99) };
}

function print(rows: { name: string; turns: Turn[] }[]): void {
  const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
  const [first] = rows;
  console.log(
    `${'GET /api/me'.padEnd(20)}${['requests/s', 'p50 ms', 'p99 ms', 'of bare'].map((title) => title.padStart(12)).join('')}`,
  );
  for (const { name, turns } of rows) {
    const columns = [
      median(turns.map(({ perSecond }) => perSecond)).toFixed(0),
      median(turns.map(({ p50Ms }) => p50Ms)).toFixed(2),
      median(turns.map(({ p99Ms }) => p99Ms)).toFixed(2),
      median(turns.map(({ perSecond }, i) => perSecond / first!.turns[i]!.perSecond)).toFixed(2),
    ];
    console.log(`${name.padEnd(20)}${columns.map((text) => text.padStart(12)).join('')}`);
  }
}
