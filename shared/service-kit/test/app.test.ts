import { defineContract, ProblemError } from '@wordcloud/contracts';
import { createClient, createFixedChannel } from '@wordcloud/rpc';
import { createLogger, createMetrics } from '@wordcloud/telemetry';
import Type from 'typebox';
import { afterEach, describe, expect, it } from 'vitest';
import { type App, createApp, requireServiceToken, route } from '../src/index.ts';

const TOKEN = 'a token for the tests';
const contract = defineContract('wordcloud-seg', {
  add: {
    method: 'POST',
    path: '/sums/:name',
    summary: 'Adds',
    params: Type.Object({ name: Type.String() }),
    query: Type.Object({ times: Type.Integer({ minimum: 1, maximum: 3, default: 1 }) }),
    body: Type.Object(
      { a: Type.Integer(), b: Type.Integer({ minimum: 0, maximum: 10 }) },
      { additionalProperties: false },
    ),
    status: 201,
    reply: Type.Object({ name: Type.String(), sum: Type.Integer() }),
    errors: ['USERNAME_TAKEN'],
    idempotent: true,
    timeoutMs: 2_000,
  },
  wait: { method: 'GET', path: '/wait', summary: 'Waits', status: 204, errors: [], idempotent: true, timeoutMs: 150 },
});

const apps: App[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.server.close();
});

async function makeApp(onWait: (signal: AbortSignal) => Promise<void> = async () => {}) {
  const metrics = createMetrics('test', { processMetrics: false });
  const app = await createApp({
    contract,
    logger: createLogger({ service: 'test', level: 'silent' }),
    metrics,
    checks: { sky: async () => {} },
    management: { user: 'admin', pass: 'secret', config: { GDD_PORT: 1 } },
  });
  apps.push(app);
  await app.server.register(async (routes) => {
    routes.addHook('onRequest', requireServiceToken(TOKEN));
    route(routes, contract, 'add', async ({ params, query, body }) => {
      if (params.name === 'taken') throw new ProblemError('USERNAME_TAKEN', 'It is taken.');
      if (params.name === 'bug') throw new Error('secret detail');
      return { name: params.name, sum: (body.a + body.b) * query.times };
    });
    route(routes, contract, 'wait', async (_input, request) => {
      await onWait(request.context.signal);
      return undefined;
    });
  });
  return { ...app, metrics };
}

async function withClient(onWait?: (signal: AbortSignal) => Promise<void>) {
  const app = await makeApp(onWait);
  const origin = await app.server.listen({ host: '127.0.0.1', port: 0 });
  const client = createClient(contract, createFixedChannel('wordcloud-seg', { origin }), { serviceToken: TOKEN });
  return { client, origin, app };
}

describe('client and server of one contract', () => {
  it('call – valid input – typed reply', async () => {
    const { client } = await withClient();
    const reply = await client.add({ params: { name: 'x/y' }, query: { times: 2 }, body: { a: 1, b: 2 } });
    expect(reply).toEqual({ name: 'x/y', sum: 6 });
    await client.close();
  });

  it('call – the service answers a problem – the same code and detail on this side', async () => {
    const { client } = await withClient();
    const call = client.add({ params: { name: 'taken' }, query: { times: 1 }, body: { a: 1, b: 2 } });
    await expect(call).rejects.toMatchObject({ code: 'USERNAME_TAKEN', status: 409, message: 'It is taken.' });
    await client.close();
  });

  it('call – nobody listens – UNAVAILABLE, certainly not sent', async () => {
    const { client, app } = await withClient();
    await app.server.close();
    const call = client.wait({});
    await expect(call).rejects.toMatchObject({ code: 'UNAVAILABLE', sent: false });
    await client.close();
  });

  it('call – no answer in time – DEADLINE_EXCEEDED, and the server stops working on it', async () => {
    const stopped = Promise.withResolvers<unknown>();
    const { client } = await withClient((signal) => {
      signal.addEventListener('abort', () => stopped.resolve(signal.reason));
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
    });
    await expect(client.wait({})).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    await expect(stopped.promise).resolves.toBeInstanceOf(Error);
    await client.close();
  });

  it('call – the caller gives up – its reason is thrown', async () => {
    const { client } = await withClient(
      (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
    );
    const controller = new AbortController();
    const call = client.wait({}, { signal: controller.signal });
    controller.abort(new Error('no longer wanted'));
    await expect(call).rejects.toThrow('no longer wanted');
    await client.close();
  });
});

describe('errors of the app', () => {
  const post = { method: 'POST', headers: { authorization: `Bearer ${TOKEN}` } } as const;

  it('input – several rules broken – each field, value and what is allowed', async () => {
    const { server } = await makeApp();
    const reply = await server.inject({ ...post, url: '/sums/x', payload: { a: 'one', b: 11, c: 1 } });
    expect(reply.statusCode).toBe(400);
    expect(reply.headers['content-type']).toContain('application/problem+json');
    const problem = reply.json();
    expect(problem.code).toBe('INVALID_INPUT');
    expect(problem.errors).toContainEqual({ field: 'b', value: 11, allowed: 'a whole number from 0 to 10' });
    expect(problem.errors).toContainEqual({ field: 'c', allowed: 'one of the known fields: a, b' });
    expect(problem.detail).toContain('a: got "one"; allowed is a whole number.');
    expect(problem.requestId).toBe(reply.headers['x-request-id']);
  });

  it('query – text of a number out of range – named', async () => {
    const { server } = await makeApp();
    const reply = await server.inject({ ...post, url: '/sums/x?times=9', payload: { a: 1, b: 1 } });
    expect(reply.json().detail).toContain('times: got 9; allowed is a whole number from 1 to 3.');
  });

  it('body – malformed JSON – 400, not 500', async () => {
    const { server } = await makeApp();
    const headers = { ...post.headers, 'content-type': 'application/json' };
    const reply = await server.inject({ ...post, headers, url: '/sums/x', payload: '{"a":' });
    expect(reply.statusCode).toBe(400);
    expect(reply.json().code).toBe('BAD_REQUEST');
  });

  it('handler – unexpected error – 500 that tells nothing of it', async () => {
    const { server } = await makeApp();
    const reply = await server.inject({ ...post, url: '/sums/bug', payload: { a: 1, b: 1 } });
    expect(reply.statusCode).toBe(500);
    expect(reply.body).not.toContain('secret detail');
  });

  it('storage – away – 503 with Retry-After, without its words', async () => {
    const { server } = await makeApp(async () => {
      throw Object.assign(new Error('password of the database'), { code: 'STORAGE_UNAVAILABLE' });
    });
    const reply = await server.inject({ method: 'GET', url: '/wait', headers: post.headers });
    expect(reply.statusCode).toBe(503);
    expect(reply.headers['retry-after']).toBe('1');
    expect(reply.body).not.toContain('password');
  });

  it('service token – missing or wrong – 401', async () => {
    const { server } = await makeApp();
    expect((await server.inject({ method: 'GET', url: '/wait' })).statusCode).toBe(401);
    expect(
      (await server.inject({ method: 'GET', url: '/wait', headers: { authorization: 'Bearer x' } })).statusCode,
    ).toBe(401);
  });

  it('request id – sane is kept, another replaced', async () => {
    const { server } = await makeApp();
    const get = (id: string) => server.inject({ method: 'GET', url: '/healthz', headers: { 'x-request-id': id } });
    expect((await get('abc-1')).headers['x-request-id']).toBe('abc-1');
    expect((await get('a b\u00e4')).headers['x-request-id']).not.toContain(' ');
  });

  it('start – an operation without a route – refuses to start, naming it', async () => {
    const app = await createApp({
      contract,
      logger: createLogger({ service: 'test', level: 'silent' }),
      metrics: createMetrics('test', { processMetrics: false }),
      checks: {},
    });
    await expect(app.server.ready()).rejects.toThrow('does not implement add, wait');
  });
});

describe('management and health', () => {
  const admin = { authorization: `Basic ${Buffer.from('admin:secret').toString('base64')}` };

  it('pages – without or with wrong password – 401; with it – served', async () => {
    const { server } = await makeApp();
    for (const page of ['config', 'openapi.json', 'doc', 'prometheus']) {
      const url = `/go-doudou/${page}`;
      const denied = await server.inject({ method: 'GET', url });
      expect(denied.statusCode).toBe(401);
      expect(denied.headers['www-authenticate']).toContain('Basic');
      expect((await server.inject({ method: 'GET', url, headers: admin })).statusCode).toBe(200);
    }
  });

  it('openapi – lists the operations with their errors, and no page of ours', async () => {
    const { server } = await makeApp();
    await server.ready();
    const { paths } = (await server.inject({ url: '/go-doudou/openapi.json', headers: admin })).json();
    expect(Object.keys(paths)).toEqual(['/sums/{name}', '/wait']);
    expect(Object.keys(paths['/sums/{name}'].post.responses)).toEqual(['201', '409']);
  });

  it('metrics – count requests by route pattern', async () => {
    const { server } = await makeApp();
    await server.inject({
      method: 'POST',
      url: '/sums/x',
      headers: { authorization: `Bearer ${TOKEN}` },
      payload: { a: 1, b: 1 },
    });
    const text = (await server.inject({ url: '/go-doudou/prometheus', headers: admin })).body;
    expect(text).toContain(
      'go_doudou_http_request_count{method="POST",path="/sums/:name",operation="add",status="201",service="test"} 1',
    );
  });

  it('readiness – draining – 503 while health stays 200', async () => {
    const { server, health } = await makeApp();
    expect((await server.inject('/readyz')).statusCode).toBe(200);
    health.drain();
    expect((await server.inject('/readyz')).statusCode).toBe(503);
    expect((await server.inject('/healthz')).statusCode).toBe(200);
  });
});
