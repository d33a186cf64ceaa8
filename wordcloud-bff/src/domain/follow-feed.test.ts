import { describe, expect, it } from 'vitest';
import { followFeed } from './follow-feed.ts';

type Step = { cursor: number; page: string } | Error;

/** A feed that does what is written, then aborts. */
function script(steps: Step[]) {
  const stopping = new AbortController();
  const seen: unknown[] = [];
  const feed = {
    async read(cursor: number | undefined) {
      seen.push(cursor);
      const step = steps.shift();
      if (step === undefined) {
        stopping.abort(new Error('the end'));
        throw stopping.signal.reason;
      }
      if (step instanceof Error) throw step;
      return step;
    },
    onPage: (page: string) => seen.push(page),
    onState: (state: string) => seen.push(state),
  };
  return { feed, signal: stopping.signal, seen };
}

describe('followFeed', () => {
  it('pages – one after the other, each read from the cursor before', async () => {
    const { feed, signal, seen } = script([
      { cursor: 3, page: 'a' },
      { cursor: 9, page: 'b' },
    ]);
    await followFeed(feed, signal);
    expect(seen).toEqual([undefined, 'following', 'a', 3, 'b', 9]);
  });

  it('away and back – said once each, goes on from the last cursor', async () => {
    const { feed, signal, seen } = script([
      { cursor: 3, page: 'a' },
      new Error('away'),
      new Error('away'),
      { cursor: 5, page: 'b' },
    ]);
    await followFeed(feed, signal);
    expect(seen).toEqual([undefined, 'following', 'a', 3, 'away', 3, 3, 'following', 'b', 5]);
  });

  it('stopped during the pause – ends at once', async () => {
    const stopping = new AbortController();
    const feed = {
      read: () => Promise.reject(new Error('away')),
      onPage: () => {},
      onState: () => stopping.abort(),
    };
    await followFeed(feed, stopping.signal);
    expect(stopping.signal.aborted).toBe(true);
  });
});
