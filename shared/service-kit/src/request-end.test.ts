import { describe, expect, it, vi } from 'vitest';
import { RequestEnd } from './request-end.ts';

describe('RequestEnd', () => {
  it('asked for while the request runs – ends at the deadline, with the reason', () => {
    vi.useFakeTimers({ now: 1_000 });
    try {
      const { signal } = new RequestEnd(1_200);
      vi.advanceTimersByTime(199);
      expect(signal.aborted).toBe(false);
      vi.advanceTimersByTime(1);
      expect(signal.reason).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    } finally {
      vi.useRealTimers();
    }
  });

  it('asked for after the deadline – has ended', () => {
    expect(new RequestEnd(1_000, () => 1_000).signal.reason).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  });

  it.each([
    ['before', (end: RequestEnd) => [end.signal, end.close(false)] as const],
    ['after', (end: RequestEnd) => [end.close(false), end.signal] as const],
  ])('the caller goes – ended, whether asked for %s that or later', (_when, ask) => {
    const end = new RequestEnd(undefined);
    ask(end);
    expect(end.signal.reason).toMatchObject({ name: 'AbortError' });
    expect(end.signal).toBe(end.signal);
  });

  it('answered – never ends, and keeps no timer', () => {
    vi.useFakeTimers({ now: 1_000 });
    try {
      const [early, late] = [new RequestEnd(1_200), new RequestEnd(1_200)];
      const { signal } = early;
      for (const end of [early, late]) end.close(true);
      expect(vi.getTimerCount()).toBe(0);
      vi.advanceTimersByTime(1_000);
      expect([signal.aborted, late.signal.aborted]).toEqual([false, false]);
    } finally {
      vi.useRealTimers();
    }
  });
});
