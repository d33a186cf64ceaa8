/** One instance of the bff on a port of its own, over real backends and a real folder store, with a clock to move. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { objectKeys, ProblemError, type Task, type WordRow } from '@wordcloud/contracts';
import { createBulkhead, createSharedLimiter, type Limit } from '@wordcloud/service-kit';
import { openObjectStore } from '@wordcloud/storage';
import { createLogger, createMetrics } from '@wordcloud/telemetry';
import { v7 as uuidv7 } from 'uuid';
import { buildApp } from '../src/app.ts';
import { createEventHub } from '../src/domain/event-hub.ts';
import { createFaultInjection } from '../src/domain/fault-injection.ts';
import { followFeed } from '../src/domain/follow-feed.ts';
import type { MakerService } from '../src/domain/ports.ts';
import { createRevocationList } from '../src/domain/revocations.ts';
import { revocationFeed, taskFeed } from '../src/infra/feeds.ts';
import { createJoseVerifier } from '../src/infra/jose-verifier.ts';
import { createObjects } from '../src/infra/stored-objects.ts';
import { rememberVerified } from '../src/infra/verified-tokens.ts';
import type { Backends } from './backends.ts';

/** Small, so that the tests need no large texts. */
export const MAX_TEXT_BYTES = 100_000;

export type Bff = Awaited<ReturnType<typeof startBff>>;

export interface BffOptions {
  /** Shared with other instances. */
  folder?: string;
  /** Default: more than any test sends. */
  addressRate?: Limit;
  userRate?: Limit;
  /** Default: there is none. */
  maker?: Pick<MakerService, 'encode'>;
  /** Requests, and uploads, at once; default 100. */
  workers?: number;
}

const NO_MAKER: Pick<MakerService, 'encode'> = {
  encode: async () => {
    throw new ProblemError('NO_INSTANCE', 'There is no maker here.', { sent: false, retryAfterSeconds: 1 });
  },
};

const PLENTY: Limit = { rate: 10_000, periodMs: 1_000, burst: 10_000 };

/** Several instances may share backends; each has a store of its own unless one is given. */
export async function startBff(backends: Backends, shared: BffOptions = {}) {
  const folder = shared.folder ?? (await mkdtemp(join(tmpdir(), 'wordcloud-objects-')));
  const store = await openObjectStore({ kind: 'folder', folder });
  const clock = { ahead: 0 };
  const now = () => Date.now() + clock.ahead;
  const logger = createLogger({ service: 'test', level: 'silent' });
  const users = backends.connectUsers();
  const tasks = backends.connectTasks();
  const hub = createEventHub();
  const revocations = createRevocationList(now);
  const metrics = createMetrics('test', { processMetrics: false });
  const { addressRate = PLENTY, userRate = PLENTY, workers = 100 } = shared;
  const bulkhead = (name: string) => createBulkhead({ name, workers, queue: 1, maxWaitMs: 1_000 });
  const limiter = createSharedLimiter({ logger, metrics });
  const { server } = await buildApp({
    logger,
    metrics,
    door: { limiter, addressRate, userRate, requests: bulkhead('requests'), uploads: bulkhead('uploads') },
    system: {
      viewSystem() {
        throw new Error('only a process has a view');
      },
      faults: createFaultInjection({ ids: () => [], inject: async () => {}, heal: async () => {} }, false),
    },
    users,
    tasks,
    maker: shared.maker ?? NO_MAKER,
    hub,
    revocations,
    objects: createObjects(store),
    verifier: rememberVerified(createJoseVerifier(users, now), now),
    checks: { objects: () => store.check() },
    maxTextBytes: MAX_TEXT_BYTES,
    hasDemoAccount: false,
    cookieSecure: false,
    newId: uuidv7,
    now,
  });
  const following = new AbortController();
  const feeds = [
    followFeed(revocationFeed(users, revocations, logger), following.signal),
    followFeed(taskFeed(tasks, hub, logger), following.signal),
  ];
  const origin = await server.listen({ host: '127.0.0.1', port: 0 });

  return {
    origin,
    server,
    tasks,
    store,
    folder,
    clock,
    call: (path: string, init: RequestInit = {}) => fetch(`${origin}${path}`, init),
    /** Paths of everything in the object store. */
    async stored() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    },
    async close() {
      // A client in this process may have read an answer before the server is done with it; then its connection becomes
      // idle only after the closing began, and would hold it up until the keep-alive time-out.
      const sweeping = setInterval(() => server.server.closeIdleConnections(), 20);
      await server.close();
      clearInterval(sweeping);
      following.abort();
      await Promise.all(feeds);
      await Promise.all([users.close(), tasks.close(), store.close()]);
      if (shared.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

const PASSWORD = 'engine no. 1';
let accounts = 0;

/** A new account that is logged in, and what it can do. */
export async function signIn(bff: Bff) {
  const credentials = { username: `user-${process.pid}-${accounts++}`, password: PASSWORD };
  await postJson(bff, '/api/auth/signup', credentials);
  const login = await postJson(bff, '/api/auth/login', credentials);
  const { accessToken, user } = (await login.json()) as { accessToken: string; user: { id: string } };
  const cookie = cookieOf(login);
  const call = (path: string, init: RequestInit = {}) =>
    bff.call(path, { ...init, headers: { authorization: `Bearer ${accessToken}`, ...(init.headers as object) } });
  const postText = (body: object, headers: Record<string, string> = {}) =>
    call('/api/wordclouds', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  return {
    credentials,
    accessToken,
    user,
    cookie,
    call,
    postText,
    postForm: (form: FormData, headers: Record<string, string> = {}) =>
      call('/api/wordclouds', { method: 'POST', body: form, headers }),
    async upload(body: object = { text: 'whales and ships' }): Promise<Task> {
      return ((await (await postText(body)).json()) as { task: Task }).task;
    },
  };
}

export type Member = Awaited<ReturnType<typeof signIn>>;

export function postJson(bff: Bff, path: string, body: object, headers: Record<string, string> = {}) {
  return bff.call(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

/** `name=value` of the cookie that an answer sets. */
export const cookieOf = (answer: Response) => answer.headers.get('set-cookie')?.split(';')[0] ?? '';

/** Status and problem of an error answer. */
export async function problemOf(answer: Response) {
  const { code, detail, errors, requestId } = (await answer.json()) as Record<string, unknown>;
  return { status: answer.status, code, detail, errors, requestId };
}

export const WORDS: WordRow[] = [
  { word: 'whale', count: 2, pos: 'noun', weight: 1, placed: true },
  { word: 'a,"b"', count: 1, pos: null, weight: 0.5, placed: false },
];

/** What a maker keeps of a picture with one word. */
const LAYOUT = JSON.stringify({
  ...{ format: 'wordcloud-layout', version: 1, width: 1200, height: 800, background: '#ffffff', font: 'sans-bold' },
  words: [
    { word: 'whale', weight: 2, fontSize: 100, x: 600, y: 400, angle: 0, color: '#123456', width: 280, height: 75 },
  ],
  skipped: [],
});

/** Leases until it has the task, as a dispatcher would. */
export async function lease(bff: Bff, id: string): Promise<number> {
  for (;;) {
    const { leases } = await bff.tasks.leaseTasks({ body: { dispatcher: 'test', limit: 50, waitMs: 5_000 } });
    const own = leases.find(({ task }) => task.id === id);
    if (own) return own.attempt;
    if (leases.length === 0) throw new Error(`task ${id} is not waiting`);
  }
}

/** Does what a maker and a dispatcher do: stores pictures and says so. */
export async function finish(bff: Bff, id: string, hasLayout = true): Promise<void> {
  const attempt = await lease(bff, id);
  const keys = {
    png: objectKeys.png(id, attempt),
    svg: objectKeys.svg(id, attempt),
    words: objectKeys.words(id, attempt),
    layout: objectKeys.layout(id, attempt),
  };
  const { layout: _layout, ...withoutLayout } = keys;
  await bff.store.put(keys.png, Buffer.from('a png'), { contentType: 'image/png' });
  await bff.store.put(keys.svg, Buffer.from('<svg/>'), { contentType: 'image/svg+xml' });
  await bff.store.put(keys.layout, Buffer.from(LAYOUT), { contentType: 'application/json' });
  await bff.store.put(keys.words, Buffer.from(JSON.stringify(WORDS)), { contentType: 'application/json' });
  await bff.tasks.completeTask({
    params: { taskId: id, attempt },
    body: {
      lang: 'en',
      encoding: 'utf-8',
      result: { ...(hasLayout ? keys : withoutLayout), width: 1200, height: 800 },
      stats: { tokens: 9, distinct: 2, placed: 1, fill: 0.4, ms: { segment: 1, layout: 2, draw: 3, total: 7 } },
    },
  });
}
