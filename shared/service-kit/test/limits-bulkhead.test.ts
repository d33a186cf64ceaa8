/** The bulkhead around a server's requests, with real connections. */
import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { defineContract } from '@wordcloud/contracts';
import { createLogger, createMetrics } from '@wordcloud/telemetry';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '../src/index.ts';
import { createBulkhead } from '../src/limits/bulkhead.ts';
import { useBulkhead } from '../src/limits/bulkhead-hook.ts';

const contract = defineContract('wordcloud-bff', {});

/** Handlers of `/work` end when told; `/stream` does so outside the bulkhead. */
async function serve({ workers = 1, queue = 1 } = {}) {
  const logged: string[] = [];
  const { server } = await createApp({
    contract,
    logger: createLogger({ service: 'test', level: 'warn', destination: { write: (line) => logged.push(line) } }),
    metrics: createMetrics('test', { processMetrics: false }),
    checks: {},
  });
  const bulkhead = createBulkhead({ name: 'requests', workers, queue, maxWaitMs: 10_000 });
  useBulkhead(server, bulkhead);
  const begun: (() => void)[] = [];
  const work = () => new Promise<string>((resolve) => begun.push(() => resolve('done')));
  server.get('/work', work);
  server.get('/stream', { config: { bulkhead: false } }, work);
  server.get('/broken', async () => {
    throw new Error('broken');
  });
  server.get('/silent', async (_request, reply) => {
    reply.hijack();
    reply.raw.end('silent');
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.server.address() as AddressInfo;
  onTestFinished(async () => {
    for (const end of begun) end();
    await server.close();
  });
  const get = (path: string, options: RequestInit = {}) => fetch(`http://127.0.0.1:${port}${path}`, options);
  return { server, bulkhead, begun, get, port, logged };
}

type Served = Awaited<ReturnType<typeof serve>>;

const PATIENCE = { timeout: 10_000 };
const hasBegun = ({ begun }: Served, count: number) => expect.poll(() => begun.length, PATIENCE).toBe(count);
const becomes = ({ bulkhead }: Served, state: { running?: number; waiting?: number }) =>
  expect.poll(() => bulkhead.state(), PATIENCE).toMatchObject(state);

/** Connects, asks, and leaves the answer alone. */
async function ask({ port }: { port: number }, path: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(`GET ${path} HTTP/1.1\r\nhost: test\r\n\r\n`);
  return socket;
}

describe('useBulkhead', () => {
  it('requests above the places – wait, then 503 with Retry-After; each answer makes room', async () => {
    const app = await serve();
    const first = app.get('/work');
    await becomes(app, { running: 1 });
    const second = app.get('/work');
    await becomes(app, { running: 1, waiting: 1 });
    const third = await app.get('/work');
    expect(third.status).toBe(503);
    expect(third.headers.get('retry-after')).toBe('1');
    expect(await third.json()).toMatchObject({ code: 'OVERLOADED' });
    expect(app.begun).toHaveLength(1);
    app.begun[0]!();
    expect(await (await first).text()).toBe('done');
    await hasBegun(app, 2);
    app.begun[1]!();
    expect((await second).status).toBe(200);
    await becomes(app, { running: 0, waiting: 0 });
  });

  it('probes, pages, unknown paths and exempt routes – pass a full bulkhead', async () => {
    const app = await serve({ queue: 0 });
    const first = app.get('/work');
    await becomes(app, { running: 1 });
    expect((await app.get('/healthz')).status).toBe(200);
    expect((await app.get('/nowhere')).status).toBe(404);
    const stream = app.get('/stream');
    await hasBegun(app, 2);
    for (const end of app.begun) end();
    expect((await stream).status).toBe(200);
    await first;
  });

  it.each(['/broken', '/silent', '/work?inject'])('%s – the place is free after it', async (path) => {
    const app = await serve();
    if (path.includes('inject')) {
      const answer = app.server.inject('/work');
      await hasBegun(app, 1);
      app.begun[0]!();
      await answer;
    } else {
      await (await app.get(path)).text();
    }
    await becomes(app, { running: 0 });
  });

  it('the client goes while its request is worked on – the place is free', async () => {
    const app = await serve();
    const socket = await ask(app, '/work');
    await becomes(app, { running: 1 });
    socket.destroy();
    await becomes(app, { running: 0 });
    app.begun[0]!();
    const next = app.get('/work');
    await becomes(app, { running: 1 });
    app.begun[1]!();
    await next;
  });

  it('the client goes while it waits – leaves the queue, is not worked on, and is no error', async () => {
    const app = await serve();
    const first = app.get('/work');
    await becomes(app, { running: 1 });
    const socket = await ask(app, '/work');
    await becomes(app, { waiting: 1 });
    socket.destroy();
    await becomes(app, { running: 1, waiting: 0 });
    app.begun[0]!();
    await first;
    await becomes(app, { running: 0 });
    expect(app.begun).toHaveLength(1);
    expect(app.logged).toEqual([]);
  });

  it('the client has gone when its turn comes – the place is given back', async () => {
    const { server } = await createApp({
      ...{ contract, checks: {}, logger: createLogger({ service: 'test', level: 'silent' }) },
      metrics: createMetrics('test', { processMetrics: false }),
    });
    const [acquired, released] = [Promise.withResolvers<AbortSignal>(), Promise.withResolvers<void>()];
    useBulkhead(server, {
      async acquire(signal) {
        acquired.resolve(signal!);
        await new Promise((resolve) => signal!.addEventListener('abort', resolve));
        return released.resolve;
      },
    });
    server.get('/work', async () => 'done');
    await server.listen({ host: '127.0.0.1', port: 0 });
    onTestFinished(() => server.close());
    const socket = await ask(server.server.address() as AddressInfo, '/work');
    await acquired.promise;
    socket.destroy();
    await released.promise;
  });

  it('no time left while it waits – DEADLINE_EXCEEDED', async () => {
    const app = await serve();
    const first = app.get('/work');
    await becomes(app, { running: 1 });
    const second = await app.get('/work', { headers: { 'x-deadline-ms': '20' } });
    expect(await second.json()).toMatchObject({ status: 504, code: 'DEADLINE_EXCEEDED' });
    await becomes(app, { running: 1, waiting: 0 });
    app.begun[0]!();
    await first;
  });

  it('several requests on one connection – one place after the other', async () => {
    const app = await serve({ queue: 0 });
    const socket = connect(app.port, '127.0.0.1');
    onTestFinished(() => {
      socket.destroy();
    });
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk;
    });
    for (const count of [1, 2, 3]) {
      socket.write('GET /work HTTP/1.1\r\nhost: test\r\n\r\n');
      await hasBegun(app, count);
      app.begun[count - 1]!();
      await expect.poll(() => received.split('done').length, PATIENCE).toBe(count + 1);
      await becomes(app, { running: 0 });
    }
  });

  it('clients that come, wait and go at random – no place is lost', async () => {
    const app = await serve({ workers: 3, queue: 5 });
    const ended = setInterval(() => app.begun.shift()?.(), 2);
    onTestFinished(() => clearInterval(ended));
    let seed = 7;
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    const statuses = Array.from({ length: 150 }, async () => {
      const signal = random() < 0.4 ? AbortSignal.timeout(Math.ceil(random() * 60)) : null;
      const path = random() < 0.1 ? '/broken' : '/work';
      await new Promise((resolve) => setTimeout(resolve, random() * 300));
      return app.get(path, { signal }).then(
        ({ status }) => status,
        () => 'gone',
      );
    });
    const seen = new Set(await Promise.all(statuses));
    expect(seen).toContain(200);
    await becomes(app, { running: 0, waiting: 0 });
  });
});
