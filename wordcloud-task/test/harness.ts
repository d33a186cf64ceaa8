/** A task service over a real database, with a clock that the test moves, and a client of its contract. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_OPTIONS, objectKeys, taskContract } from '@wordcloud/contracts';
import { type Client, createClient, createFixedChannel } from '@wordcloud/rpc';
import { openDatabase } from '@wordcloud/storage';
import { createLogger, createMetrics } from '@wordcloud/telemetry';
import { v7 as uuidv7 } from 'uuid';
import { buildApp } from '../src/app.ts';
import { migrations, type TaskSchema } from '../src/infra/schema.ts';
import { createTaskRepository } from '../src/infra/task-repository.ts';

const TOKEN = 'a token for the tests';
export const LEASE_MS = 10_000;
export const MAX_ATTEMPTS = 3;

export type TaskService = Awaited<ReturnType<typeof startInstance>>;

/** One instance on a database; several may share one. Sweeps only when the test says so. */
export async function startInstance(url: string, clock: { now: number }) {
  const database = await openDatabase<TaskSchema>({ url, migrations });
  const tasks = createTaskRepository(database);
  const app = await buildApp({
    tasks,
    logger: createLogger({ service: 'test', level: 'silent' }),
    metrics: createMetrics('test', { processMetrics: false }),
    checks: { database: () => database.check() },
    serviceToken: TOKEN,
    maxAttempts: MAX_ATTEMPTS,
    leaseMs: LEASE_MS,
    now: () => clock.now,
    random: () => 1,
  });
  const origin = await app.server.listen({ host: '127.0.0.1', port: 0 });
  const client = createClient(taskContract, createFixedChannel('wordcloud-task', { origin }), { serviceToken: TOKEN });
  return {
    client,
    queue: app.queue,
    tasks,
    server: app.server,
    origin,
    async close() {
      await client.close();
      await app.server.close();
      await database.close();
    },
  };
}

export async function sqliteFiles() {
  const folder = await mkdtemp(join(tmpdir(), 'wordcloud-task-'));
  let count = 0;
  return {
    freshUrl: () => `sqlite:${join(folder, `${count++}.db`)}`,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

type NewTaskBody = Parameters<Client<typeof taskContract>['createTask']>[0]['body'];

/** What a bff sends for a new task. */
export function newTask(changes: Partial<NewTaskBody> = {}): NewTaskBody {
  const id = changes.id ?? uuidv7();
  return {
    id,
    ownerId: 'ada',
    title: 'a text',
    options: DEFAULT_OPTIONS,
    source: { key: objectKeys.source(id), bytes: 3, encoding: null },
    maskKey: null,
    idempotencyKey: null,
    ...changes,
  };
}

/** What a maker says of a finished picture. */
export const OUTCOME = {
  lang: 'en',
  encoding: 'utf-8',
  result: { png: 'p.png', svg: 's.svg', words: 'w.json', layout: 'l.json', width: 1200, height: 800 },
  stats: { tokens: 9, distinct: 5, placed: 5, fill: 0.4, ms: { segment: 1, layout: 2, draw: 3, total: 7 } },
};
