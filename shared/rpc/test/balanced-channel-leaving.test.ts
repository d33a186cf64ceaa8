/** Instances that go, and a channel that is closed: what becomes of calls in hand, and what is left. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { connect, hang, ok, read, serve, times, until, write } from './harness.ts';

/** Keeps answers until the test gives them. */
function holding() {
  const held: ServerResponse[] = [];
  return {
    held,
    answer: (_request: unknown, response: ServerResponse) => void held.push(response),
    give() {
      for (const response of held.splice(0)) response.end('{}');
    },
  };
}

describe('an instance', () => {
  it('drains, then goes – what is in hand is finished, and its connections are closed', async () => {
    const { held, answer, give } = holding();
    const server = await serve(answer);
    const { send, registry } = await connect([server.as('a')]);
    const calls = [send(read), send(write)];
    await until(() => held.length === 2);
    await registry.say([server.as('a', { status: 'draining' })]);
    await expect(send(read)).rejects.toMatchObject({ code: 'NO_INSTANCE' });
    await registry.say([]);
    const sockets = server.requests.map(({ socket }) => socket);
    give();
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 200]);
    await until(() => sockets.every(({ destroyed }) => destroyed));
  });

  it('vanishes – what is in hand is cut; a read is answered elsewhere, a write fails as sent', async () => {
    const [a, b] = [await serve(hang), await serve()];
    const { send, registry } = await connect([a.as('a')]);
    const calls = Promise.allSettled([send(read), send(write)]);
    await until(() => a.requests.length === 2);
    await registry.say([b.as('b')]);
    const [reading, writing] = await calls;
    expect(reading).toMatchObject({ status: 'fulfilled', value: { status: 200 } });
    expect(writing).toMatchObject({ status: 'rejected', reason: { code: 'UNAVAILABLE', sent: true } });
    expect(b.requests.map(({ url }) => url)).toEqual(['/read']);
    await until(() => a.requests.every(({ socket }) => socket.destroyed));
  });

  it('vanishes with calls that wait for a connection – also what is not idempotent is done elsewhere', async () => {
    const [a, b] = [await serve(hang), await serve()];
    const { send, registry } = await connect([a.as('a')], { connections: 1 });
    const calls = Promise.allSettled(times(4, () => send(write)));
    await until(() => a.requests.length === 1);
    await registry.say([b.as('b')]);
    expect((await calls).filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect([a.requests.length, b.requests.length]).toEqual([1, 3]);
  });

  it('becomes suspect – what is in hand is finished', async () => {
    const { held, answer, give } = holding();
    const server = await serve(answer);
    const { send, registry } = await connect([server.as('a')]);
    const call = send(write);
    await until(() => held.length === 1);
    await registry.say([server.as('a', { status: 'suspect' })]);
    give();
    expect((await call).status).toBe(200);
  });
});

describe('closed', () => {
  it('with calls in hand – they end as sent, nothing is repeated, and none begins', async () => {
    const servers = [await serve(hang), await serve(hang)];
    const instances = servers.map((server, i) => server.as(`${i}`));
    const { send, channel, told } = await connect(instances);
    const calls = Promise.allSettled([send(read), send(read), send(write), send(write)]);
    const requests = () => servers.flatMap((server) => server.requests);
    await until(() => requests().length === 4);
    await channel.close();
    for (const call of await calls) expect(call).toMatchObject({ reason: { code: 'UNAVAILABLE', sent: true } });
    await expect(send(read)).rejects.toMatchObject({ code: 'UNAVAILABLE', sent: false });
    expect(requests()).toHaveLength(4);
    expect(told).toEqual(['0 forgotten', '1 forgotten']);
    await until(() => requests().every(({ socket }) => socket.destroyed));
  });

  it('while an instance that drains has calls in hand – does not wait for them', async () => {
    const server = await serve(hang);
    const { send, channel, registry } = await connect([server.as('a')], { connections: 1 });
    const calls = Promise.allSettled([send(write), send(write)]);
    await until(() => server.requests.length === 1);
    await registry.say([server.as('a', { status: 'draining' })]);
    await registry.say([]);
    await channel.close();
    for (const call of await calls) expect(call).toMatchObject({ reason: { code: 'UNAVAILABLE' } });
  });

  it('while a call pauses before another attempt – it ends as the last one did', async () => {
    const server = await serve(({ socket }) => void socket.destroy());
    let close: (() => Promise<void>) | undefined;
    // The pause begins when its length is drawn.
    const random = () => {
      setImmediate(() => void close?.());
      return 0.999;
    };
    const { send, channel } = await connect([server.as('a')], { random });
    close = () => channel.close();
    await expect(send(read)).rejects.toMatchObject({ code: 'UNAVAILABLE', sent: true });
    expect(server.requests.length).toBe(1);
  });

  it('twice – is closed', async () => {
    const { channel } = await connect([]);
    await channel.close();
    await channel.close();
  });
});

describe('many that come and go', () => {
  it('leave nothing: no timer, no listener, no connection', async () => {
    const intervals = new Set<unknown>();
    const { setInterval, clearInterval } = globalThis;
    const spies = [
      vi.spyOn(globalThis, 'setInterval').mockImplementation(((...args: Parameters<typeof setInterval>) => {
        const timer = setInterval(...args);
        intervals.add(timer);
        return timer;
      }) as typeof setInterval),
      vi.spyOn(globalThis, 'clearInterval').mockImplementation((timer) => {
        intervals.delete(timer);
        clearInterval(timer);
      }),
    ];
    try {
      const server = await serve();
      const connections = () =>
        new Promise<number>((done) => server.server.getConnections((_error, count) => done(count)));
      const { send, channel, registry } = await connect([], { breaker: { minimumCalls: 1, openMs: 60_000 } });
      const ROUNDS = 60;
      for (let i = 0; i < ROUNDS; i++) {
        // Every third drains first, every third fails until its breaker opens, every third vanishes.
        const described = { startedAt: i };
        await registry.say([
          server.as('a', described),
          server.as('b', { ...described, baseUrl: 'http://127.0.0.1:1' }),
        ]);
        server.answer = i % 3 === 1 ? ({ socket }) => void socket.destroy() : ok;
        await Promise.allSettled(times(4, () => send(read)));
        if (i % 3 === 0) await registry.say([server.as('a', { ...described, status: 'draining' })]);
        if (i % 3 !== 1) await registry.say([]);
      }
      expect(server.requests.length).toBeGreaterThan(ROUNDS);
      expect(registry.discovery.listenerCount('change')).toBe(1);
      await registry.say([]);
      expect(intervals.size).toBe(0);
      await until(async () => (await connections()) === 0);
      expect(channel.state().instances).toEqual([]);
      await channel.close();
      expect(registry.discovery.listenerCount('change')).toBe(0);
      const [closed] = await Promise.all([once(server.server, 'close'), server.close()]);
      expect(closed).toEqual([]);
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
  });
});
