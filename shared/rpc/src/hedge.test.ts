import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { problem, read } from '../test/harness.ts';
import { hedge } from './hedge.ts';
import type { Outcome } from './outcome.ts';
import type { RemoteInstance } from './remote-instance.ts';

const [A, B] = [{ id: 'a' }, { id: 'b' }] as [RemoteInstance, RemoteInstance];
const reply = (status: number, text: string, headers = {}, isSlow = false): Outcome => ({
  kind: 'answered',
  reply: { status, headers, text },
  isSlow,
});
const good = (from: string) => reply(200, from);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Calls that end when the test says so. */
function start({ second = () => B as RemoteInstance | undefined, parent = undefined as AbortSignal | undefined } = {}) {
  const calls = new Map<string, { signal: AbortSignal; end: (outcome: Outcome) => void }>();
  const result = hedge({
    operation: read,
    first: A,
    second,
    afterMs: 50,
    parent,
    call: ({ id }, signal) => {
      const { promise, resolve } = Promise.withResolvers<Outcome>();
      signal.addEventListener('abort', () => resolve({ kind: 'aborted', error: signal.reason }));
      calls.set(id, { signal, end: resolve });
      return promise;
    },
  });
  return { calls, result };
}

describe('hedge', () => {
  it('the first is quick – nobody else is asked, and no timer is left', async () => {
    const { calls, result } = start();
    await vi.advanceTimersByTimeAsync(49);
    calls.get('a')!.end(good('a'));
    expect(await result).toEqual(good('a'));
    expect([...calls.keys()]).toEqual(['a']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('the first takes long, the second answers – that counts, and the first is ended', async () => {
    const { calls, result } = start();
    await vi.advanceTimersByTimeAsync(50);
    calls.get('b')!.end(good('b'));
    expect(await result).toEqual(good('b'));
    expect(calls.get('a')!.signal.reason).toEqual(new Error('another instance was quicker'));
  });

  it('the first answers after all – that counts, and the second is ended', async () => {
    const { calls, result } = start();
    await vi.advanceTimersByTimeAsync(50);
    calls.get('a')!.end(good('a'));
    expect(await result).toEqual(good('a'));
    expect(calls.get('b')!.signal.aborted).toBe(true);
  });

  it.each<[string, Outcome]>([
    ['fails', reply(500, problem('INTERNAL'))],
    ['is overloaded', reply(503, problem('OVERLOADED'), { 'retry-after': '1' })],
  ])('one %s while the other runs – the other is waited for', async (_name, bad) => {
    const { calls, result } = start();
    await vi.advanceTimersByTimeAsync(50);
    calls.get('a')!.end(bad);
    await vi.advanceTimersByTimeAsync(1);
    expect(calls.get('b')!.signal.aborted).toBe(false);
    calls.get('b')!.end(good('b'));
    expect(await result).toEqual(good('b'));
  });

  it.each<[string, Outcome]>([
    ['an answer much slower than usual', reply(200, 'a', {}, true)],
    ['a refusal that repeating does not change', reply(404, problem('NOT_FOUND'))],
  ])('%s – is an answer', async (_name, outcome) => {
    const { calls, result } = start();
    await vi.advanceTimersByTimeAsync(50);
    calls.get('a')!.end(outcome);
    expect(await result).toEqual(outcome);
  });

  it('both fail – the last failure counts', async () => {
    const { calls, result } = start();
    await vi.advanceTimersByTimeAsync(50);
    calls.get('a')!.end(reply(500, 'a'));
    calls.get('b')!.end(reply(500, 'b'));
    expect(await result).toEqual(reply(500, 'b'));
  });

  it('the first fails before the other is asked – that is it; repeating is not for hedging', async () => {
    const { calls, result } = start();
    calls.get('a')!.end(reply(500, 'a'));
    expect(await result).toEqual(reply(500, 'a'));
    expect(vi.getTimerCount()).toBe(0);
  });

  it('there is no other – the first is waited for', async () => {
    const { calls, result } = start({ second: () => undefined });
    await vi.advanceTimersByTimeAsync(1_000);
    calls.get('a')!.end(good('a'));
    expect(await result).toEqual(good('a'));
  });

  it('the caller leaves – both are ended with its reason, and its signal keeps no listener', async () => {
    const leaving = new AbortController();
    const { calls, result } = start({ parent: leaving.signal });
    await vi.advanceTimersByTimeAsync(50);
    const gone = new Error('gone');
    leaving.abort(gone);
    expect(await result).toEqual({ kind: 'aborted', error: gone });
    for (const { signal } of calls.values()) expect(signal.reason).toBe(gone);
  });

  it('a signal of many calls – keeps no listener of any', async () => {
    const { signal: parent } = new AbortController();
    const { calls, result } = start({ parent });
    expect(getEventListeners(parent, 'abort')).toHaveLength(1);
    calls.get('a')!.end(good('a'));
    await result;
    expect(getEventListeners(parent, 'abort')).toHaveLength(0);
  });
});
