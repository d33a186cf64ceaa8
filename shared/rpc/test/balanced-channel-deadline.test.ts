/** How long a call takes at most, and who ends it. */
import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { DEADLINE_HEADER } from '../src/index.ts';
import { connect, fails, hang, problem, read, serve, until, write } from './harness.ts';

type Server = Awaited<ReturnType<typeof serve>>;
const deadlines = (...servers: Server[]) =>
  servers.flatMap(({ requests }) => requests.map(({ headers }) => Number(headers[DEADLINE_HEADER])));

describe('the deadline', () => {
  it('each attempt is told what it has; all together keep to the whole', async () => {
    const [a, b] = [await serve(hang), await serve(hang)];
    const { send, stateOf } = await connect([a.as('a'), b.as('b')]);
    const startedAt = performance.now();
    const call = send({ ...read, attemptTimeoutMs: 1_000 }, { budgetMs: 1_200 });
    await expect(call).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED', status: 504 });
    const tookMs = performance.now() - startedAt;
    // A timer may be a millisecond early.
    expect(tookMs).toBeGreaterThanOrEqual(1_199);
    expect(tookMs).toBeLessThan(1_900);
    const [first, second, ...more] = deadlines(a, b);
    expect(first).toBe(1_000);
    expect(second).toBeLessThanOrEqual(191);
    expect(more).toEqual([]);
    // The second had less than an attempt has, so it is not to blame.
    expect([stateOf('a')!.faults, stateOf('b')!.faults]).toEqual([1, 0]);
  });

  it('idempotent – half of it for the first attempt; not idempotent – all of it', async () => {
    const server = await serve();
    const { send } = await connect([server.as('a')]);
    await send(read);
    await send(write);
    await send(read, { budgetMs: 1_000.5 });
    const [half, whole, budget] = deadlines(server);
    expect(half).toBe(4_000);
    expect(whole).toBeGreaterThan(7_000);
    expect(whole).toBeLessThanOrEqual(8_000);
    expect(budget).toBeGreaterThan(500);
    expect(budget).toBeLessThanOrEqual(1_001);
  });

  it('not enough left for the pause – the answer that is there comes back at once', async () => {
    let time = 0;
    const server = await serve((request, response) => {
      time = 7_990;
      fails(500, problem('INTERNAL'))(request, response);
    });
    const { send, channel } = await connect([server.as('a')], { now: () => time, random: () => 0.5 });
    expect((await send(read, { budgetMs: 8_000 })).status).toBe(500);
    expect([server.requests.length, channel.state().retriesLeft]).toEqual([1, 200]);
  });

  it('not a whole answer in time – is none', async () => {
    const server = await serve((_request, response) => void response.writeHead(200).write('{'));
    const { send } = await connect([server.as('a')]);
    await expect(send(read, { budgetMs: 50 })).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    await until(() => server.requests[0]!.socket.destroyed);
  });
});

describe('the caller leaves', () => {
  it('during an attempt – the connection is closed, and nobody is to blame', async () => {
    const [a, b] = [await serve(hang), await serve()];
    const { send, stateOf } = await connect([a.as('a'), b.as('b')]);
    const leaving = new AbortController();
    const call = send(read, { signal: leaving.signal });
    await until(() => a.requests.length === 1);
    leaving.abort(new Error('gone'));
    await expect(call).rejects.toThrow('gone');
    await until(() => a.requests[0]!.socket.destroyed);
    expect(stateOf('a')).toMatchObject({ faults: 0, inFlight: 0 });
    expect(b.requests.length).toBe(0);
  });

  it('while the call pauses – nobody else is asked', async () => {
    const [a, b] = [await serve(), await serve()];
    const leaving = new AbortController();
    a.answer = (request, response) => fails(500, problem('INTERNAL'))(request, response);
    // The pause begins when its length is drawn.
    const random = () => {
      setImmediate(() => leaving.abort(new Error('gone')));
      return 0.999;
    };
    const { send } = await connect([a.as('a'), b.as('b')], { random });
    await expect(send(read, { signal: leaving.signal })).rejects.toThrow('gone');
    expect([a.requests.length, b.requests.length]).toEqual([1, 0]);
  });

  it('before the call – nothing is sent', async () => {
    const server = await serve();
    const { send } = await connect([server.as('a')]);
    await expect(send(read, { signal: AbortSignal.abort(new Error('gone')) })).rejects.toThrow('gone');
    expect(server.requests.length).toBe(0);
  });

  it('a signal of many calls – keeps no listener of any', async () => {
    const [a, b] = [await serve(fails(500, problem('INTERNAL'))), await serve()];
    const { send } = await connect([a.as('a'), b.as('b')], { hedgeQuantile: 0.5 });
    const { signal } = new AbortController();
    for (let i = 0; i < 10; i++) await send(read, { signal });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
