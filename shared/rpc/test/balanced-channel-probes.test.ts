/** Which call tries out an instance whose breaker is half open, and what comes of it. */
import { describe, expect, it } from 'vitest';
import { connect, hang, ok, read, reset, serve, times, until, write } from './harness.ts';

describe('a probe', () => {
  it('is left by its caller – opens the breaker again; the next one closes it', async () => {
    const server = await serve(reset);
    const { send, told, stateOf } = await connect([server.as('a')], {
      attempts: 1,
      breaker: { minimumCalls: 1, openMs: 20 },
    });
    await send(read).catch(() => {});
    server.answer = hang;
    await until(() => stateOf('a')!.breaker === 'half-open');
    const before = server.requests.length;
    const leaving = new AbortController();
    const probe = send(read, { signal: leaving.signal });
    await until(() => server.requests.length === before + 1);
    // While it runs nobody else tries.
    await expect(send(read)).rejects.toMatchObject({ code: 'NO_INSTANCE' });
    leaving.abort(new Error('gone'));
    await expect(probe).rejects.toThrow('gone');
    const states = () => told.filter((what) => what.startsWith('a '));
    expect(states()).toEqual(['a open', 'a half-open', 'a open']);
    server.answer = ok;
    await until(() => stateOf('a')!.breaker === 'half-open');
    await send(read);
    expect(states()).toEqual(['a open', 'a half-open', 'a open', 'a half-open', 'a closed']);
  });

  it('is nothing that cannot be repeated – another is asked; when there is none, it is the probe', async () => {
    const [a, b] = [await serve(reset), await serve()];
    const { send, registry, stateOf } = await connect([a.as('a'), b.as('b')], {
      breaker: { minimumCalls: 1, openMs: 10 },
    });
    await send(read);
    await until(() => stateOf('a')!.breaker === 'half-open');
    a.answer = ok;
    for (const _ of times(4, () => 0)) await send(write);
    expect([a.requests.length, stateOf('a')!.breaker]).toEqual([1, 'half-open']);
    await registry.say([a.as('a')]);
    await send(write);
    expect([a.requests.length, stateOf('a')!.breaker]).toEqual([2, 'closed']);
  });

  it('is no long poll, while another can wait for news', async () => {
    const [a, b] = [await serve(reset), await serve()];
    const { send, stateOf } = await connect([a.as('a'), b.as('b')], { breaker: { minimumCalls: 1, openMs: 10 } });
    await send(read);
    await until(() => stateOf('a')!.breaker === 'half-open');
    a.answer = ok;
    await send({ ...read, waits: true });
    expect([a.requests.length, stateOf('a')!.breaker]).toEqual([1, 'half-open']);
    await send(read);
    expect([a.requests.length, stateOf('a')!.breaker]).toEqual([2, 'closed']);
  });
});
