// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { ApiError } from './api-error.ts';
import { readEvents, type TaskEvent } from './event-lines.ts';
import { shareEvents } from './event-sharing.ts';
import { followEvents } from './event-stream.ts';
import { fakeChannels, fakeLocks } from './test-browser.ts';

const bytes = (...chunks: string[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });

describe('readEvents', () => {
  it('events – cut anywhere, comments and unknown ones left out', async () => {
    const seen: [TaskEvent, string | undefined][] = [];
    const body = bytes(
      'retry: 1000\n\nid: 4\nevent: ta',
      'sk\ndata: {"id":"a"}\n\n: still here\n\nevent: other\ndata: {}\n\n',
      'id: 5\nevent: deleted\ndata: {"id":"b"}\n\nid: 6\nevent: reset\ndata: {}\n\n',
    );
    await readEvents(body, { silenceMs: 1000, onEvent: (event, id) => seen.push([event, id]) });
    expect(seen).toEqual([
      [{ kind: 'task', task: { id: 'a' } }, '4'],
      [{ kind: 'deleted', id: 'b' }, '5'],
      [{ kind: 'reset' }, '6'],
    ]);
  });

  it('silence – ends it with an error, and the line is given up', async () => {
    const cancelled = Promise.withResolvers<void>();
    const body = new ReadableStream<Uint8Array>({ cancel: () => cancelled.resolve() });
    await expect(readEvents(body, { silenceMs: 5, onEvent() {} })).rejects.toThrow('Nothing came');
    await cancelled.promise;
  });
});

describe('followEvents', () => {
  it('break – connects again where it was', async () => {
    const stopping = new AbortController();
    const asked: (string | undefined)[] = [];
    const seen: TaskEvent[] = [];
    const live: boolean[] = [];
    const waits: number[] = [];
    const answers = [
      () => new Response(bytes('id: 8\nevent: deleted\ndata: {"id":"a"}\n\n')),
      () => {
        throw new ApiError({ status: 0, code: 'OFFLINE', detail: '' });
      },
      () => new Response(bytes('id: 9\nevent: deleted\ndata: {"id":"b"}\n\n')),
    ];
    await followEvents({
      lastId: undefined,
      signal: stopping.signal,
      random: () => 0.5,
      async open(lastId) {
        asked.push(lastId);
        return answers.shift()!();
      },
      async wait(ms) {
        waits.push(ms);
        if (answers.length === 0) stopping.abort();
      },
      onEvent: (event) => seen.push(event),
      onLive: (isLive) => live.push(isLive),
    });
    expect(asked).toEqual([undefined, '8', '8']);
    // What was before the first connection nobody has told; after it nothing is missed.
    expect(seen).toEqual([{ kind: 'reset' }, { kind: 'deleted', id: 'a' }, { kind: 'deleted', id: 'b' }]);
    expect(waits).toEqual([500, 1000, 500]);
    expect(live).toEqual([true, false, false, true, false, false]);
  });

  it('session over – stops by itself', async () => {
    const open = vi.fn(async () => {
      throw new ApiError({ status: 401, code: 'SESSION_ENDED', detail: '' });
    });
    const parts = {
      lastId: '1',
      signal: new AbortController().signal,
      wait: async () => {},
      onEvent() {},
      onLive() {},
    };
    await followEvents({ ...parts, open });
    expect(open).toHaveBeenCalledTimes(1);
  });
});

describe('shareEvents', () => {
  function openTabs(count: number, userIds = Array<string>(count).fill('ada')) {
    const locks = fakeLocks();
    const channel = fakeChannels();
    return userIds.map((userId) => {
      const tab = { seen: [] as TaskEvent[], isLive: false, stop: () => {}, lead: undefined as Lead | undefined };
      tab.stop = shareEvents({
        userId,
        locks,
        channel: channel(),
        follow: (parts) => {
          tab.lead = parts;
          parts.onLive(true);
          return new Promise((resolve) => parts.signal.addEventListener('abort', () => resolve()));
        },
        onEvent: (event) => tab.seen.push(event),
        onLive: (isLive) => {
          tab.isLive = isLive;
        },
      });
      return tab;
    });
  }
  type Lead = Parameters<Parameters<typeof shareEvents>[0]['follow']>[0];
  const event: TaskEvent = { kind: 'deleted', id: 'a' };

  it('several tabs – one has the stream, all hear it', async () => {
    const tabs = openTabs(3);
    await vi.waitFor(() => expect(tabs.map(({ isLive }) => isLive)).toEqual([true, true, true]));
    expect(tabs.filter(({ lead }) => lead !== undefined)).toHaveLength(1);
    tabs[0]!.lead!.onEvent(event, '7');
    await vi.waitFor(() => expect(tabs.map(({ seen }) => seen)).toEqual([[event], [event], [event]]));
  });

  it('leader leaves – the next one goes on where it was', async () => {
    const [a, b] = openTabs(2);
    await vi.waitFor(() => expect(b!.isLive).toBe(true));
    a!.lead!.onEvent(event, '7');
    await vi.waitFor(() => expect(b!.seen).toEqual([event]));
    a!.stop();
    expect(a!.isLive).toBe(false);
    await vi.waitFor(() => expect(b!.lead?.lastId).toBe('7'));
  });

  it('another user – hears nothing of it', async () => {
    const [a, b] = openTabs(2, ['ada', 'bob']);
    a!.lead!.onEvent(event, '7');
    a!.stop();
    await vi.waitFor(() => expect(b!.lead).toBeDefined());
    expect(b!.seen).toEqual([]);
    expect(b!.lead!.lastId).toBeUndefined();
  });
});
