import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deadlineSignal } from './deadline.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('deadlineSignal', () => {
  it.each([
    ['no deadline', undefined, 500],
    ['a later one', 5_000, 500],
    ['a nearer one', 200, 200],
    ['one that is over', -1_000, 0],
  ])('%s – the nearer of both counts', (_name, inMs, remaining) => {
    const deadline = inMs === undefined ? undefined : Date.now() + inMs;
    const { signal, remainingMs, dispose } = deadlineSignal('seg segment', 500, deadline, undefined);
    expect(remainingMs).toBe(remaining);
    vi.advanceTimersByTime(Math.max(0, remaining - 1));
    expect(signal.aborted).toBe(remaining === 0);
    vi.advanceTimersByTime(1);
    expect(signal.reason).toMatchObject({
      code: 'DEADLINE_EXCEEDED',
      status: 504,
      message: `seg segment did not answer within ${remaining} ms.`,
    });
    dispose();
  });

  it('the parent aborts, before or after – its reason', () => {
    for (const before of [true, false]) {
      const parent = new AbortController();
      if (before) parent.abort(new Error('gone'));
      const { signal, dispose } = deadlineSignal('x', 500, undefined, parent.signal);
      if (!before) parent.abort(new Error('gone'));
      expect(signal.reason).toMatchObject({ message: 'gone' });
      dispose();
    }
  });

  it('disposed – no timer and no listener stay behind', () => {
    const parent = new AbortController();
    const remove = vi.spyOn(parent.signal, 'removeEventListener');
    const { signal, dispose } = deadlineSignal('x', 500, undefined, parent.signal);
    dispose();
    expect(vi.getTimerCount()).toBe(0);
    expect(remove).toHaveBeenCalledOnce();
    parent.abort();
    expect(signal.aborted).toBe(false);
  });
});
