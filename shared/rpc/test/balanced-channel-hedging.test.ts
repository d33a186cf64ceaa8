/** Reads that take long are sent to a second instance, too. */
import { describe, expect, it } from 'vitest';
import { connect, fails, hang, ok, problem, read, reset, serve, times, until, write } from './harness.ts';

type Server = Awaited<ReturnType<typeof serve>>;

/** Two instances, the next call of which goes to the first, and that know how long a read takes. */
async function connectTwo(options: Parameters<typeof connect>[1] = {}) {
  const [a, b] = [await serve(), await serve()];
  const connected = await connect([a.as('a'), b.as('b')], { hedgeQuantile: 0.9, ...options });
  // At once, so that none of them is hedged.
  await Promise.all(times(10, () => connected.send(read)));
  const counts = () => [a.requests.length, b.requests.length];
  const start = counts();
  return { ...connected, a, b, more: () => counts().map((count, i) => count - start[i]!) };
}

describe('hedging', () => {
  it('the first hangs – the second answers, and the first sees its caller leave', async () => {
    const { a, send, told, more, stateOf } = await connectTwo();
    a.answer = hang;
    expect((await send(read)).status).toBe(200);
    expect([more(), told]).toEqual([[1, 1], ['hedged']]);
    await until(() => a.requests.at(-1)!.socket.destroyed);
    await until(() => stateOf('a')!.inFlight === 0);
    expect(stateOf('a')!.faults).toBe(0);
  });

  it('one that is always slow – does not set the measure', async () => {
    const [a, b] = [await serve((request, response) => void setTimeout(ok, 400, request, response)), await serve()];
    const { send, told } = await connect([a.as('a'), b.as('b')], { hedgeQuantile: 0.3 });
    await Promise.all(times(10, () => send(read)));
    expect(told).toEqual([]);
    a.answer = hang;
    await send(read);
    expect(told).toEqual(['hedged']);
  });

  it('both fail – is repeated as any call', async () => {
    const { a, b, send, more } = await connectTwo();
    a.answer = hang;
    b.answer = (request, response) => {
      [a.answer, b.answer] = [ok, ok];
      fails(500, problem('INTERNAL'))(request, response);
      a.requests.at(-1)!.socket.destroy();
    };
    expect((await send(read)).status).toBe(200);
    expect(more().reduce((x, y) => x + y)).toBe(3);
  });

  it('the caller leaves – both see it', async () => {
    const { a, b, send } = await connectTwo();
    [a.answer, b.answer] = [hang, hang];
    const [beforeA, beforeB] = [a.requests.length, b.requests.length];
    const leaving = new AbortController();
    const call = send(read, { signal: leaving.signal });
    await until(() => a.requests.length > beforeA && b.requests.length > beforeB);
    leaving.abort(new Error('gone'));
    await expect(call).rejects.toThrow('gone');
    await until(() => [a, b].every(({ requests }) => requests.at(-1)!.socket.destroyed));
  });

  it.each([
    ['not a read', write],
    ['a long poll', { ...read, waits: true }],
    ['an operation that nothing is known of', { ...read, path: '/other' }],
  ])('%s – is not hedged', async (_name, operation) => {
    const { a, send, told } = await connectTwo();
    a.answer = (request, response) => void setTimeout(ok, 50, request, response);
    expect((await send(operation)).status).toBe(200);
    expect(told).toEqual([]);
  });

  it('without the option – never', async () => {
    const [a, b] = [await serve(), await serve()];
    const { send, told } = await connect([a.as('a'), b.as('b')]);
    for (const _ of times(10, () => 0)) await send(read);
    a.answer = (request, response) => void setTimeout(ok, 50, request, response);
    await Promise.all(times(4, () => send(read)));
    expect(told).toEqual([]);
  });

  it('others are half open – they are not tried out by a call that may be ended any moment', async () => {
    const servers = [await serve(), await serve(reset), await serve(reset)];
    const [a, b, c] = servers as [Server, Server, Server];
    const options = { hedgeQuantile: 0.9, breaker: { minimumCalls: 1, openMs: 20 } };
    const { send, told, stateOf } = await connect([a.as('a'), b.as('b'), c.as('c')], options);
    await until(async () => {
      await send(read);
      return b.requests.length > 0 && c.requests.length > 0;
    });
    await until(() => stateOf('b')!.breaker === 'half-open' && stateOf('c')!.breaker === 'half-open');
    [b.answer, c.answer] = [hang, hang];
    const before = servers.map(({ requests }) => requests.length);
    told.length = 0;
    // It is a probe itself, of the one; not of the other, too.
    expect((await send(read)).status).toBe(200);
    expect(servers.map(({ requests }, i) => requests.length - before[i]!)).toEqual([1, 1, 0]);
    // Who loses has proved nothing.
    await until(() => told.includes('b open'));
    expect(told[0]).toBe('hedged');
  });

  it('nearly all take long – the budget bounds it', async () => {
    const { a, b, send, told } = await connectTwo({ now: () => 0, balancing: 'least-loaded-of-two' });
    const hold = (request: Parameters<typeof ok>[0], response: Parameters<typeof ok>[1]) =>
      void setTimeout(ok, 25, request, response);
    [a.answer, b.answer] = [hold, hold];
    for (const _ of times(4, () => 0)) await Promise.all(times(100, () => send(read)));
    const hedges = told.filter((what) => what === 'hedged').length;
    expect(hedges).toBeGreaterThanOrEqual(200);
    expect(hedges).toBeLessThanOrEqual(200 + 80);
  });
});
