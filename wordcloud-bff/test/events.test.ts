import type { Task } from '@wordcloud/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Backends, startBackends } from './backends.ts';
import { type Bff, finish, type Member, problemOf, signIn, startBff } from './harness.ts';

let backends: Backends;
let bff: Bff;
let ada: Member;
beforeAll(async () => {
  backends = await startBackends();
});
afterAll(() => backends?.stop());
beforeEach(async () => {
  bff = await startBff(backends);
  ada = await signIn(bff);
  return () => bff.close();
});

interface Event {
  id?: string;
  event?: string;
  data: { id: string; status?: Task['status'] };
}

/** Reads the stream of an answer, event by event. */
async function* eventsOf(answer: Response): AsyncGenerator<Event> {
  let unread = '';
  for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (unread + chunk).split('\n\n');
    unread = blocks.pop()!;
    for (const block of blocks) {
      const fields = Object.fromEntries(
        block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
      );
      if (fields.event) yield { ...fields, data: JSON.parse(fields.data!) };
    }
  }
}

async function listen(member: Member, lastEventId?: string, headers: Record<string, string> = {}) {
  const leaving = new AbortController();
  const answer = await member.call('/api/events', {
    headers: { ...headers, ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) },
    signal: leaving.signal,
  });
  const events = eventsOf(answer);
  return {
    answer,
    /** Events up to the one that is looked for. */
    async until(isLast: (event: Event) => boolean): Promise<Event[]> {
      const seen: Event[] = [];
      for (;;) {
        const { value, done } = await events.next();
        if (done) throw new Error(`the stream ended after ${JSON.stringify(seen)}`);
        seen.push(value);
        if (isLast(value)) return seen;
      }
    },
    /** Resolves when the server ends the stream. */
    async end() {
      while (!(await events.next()).done);
    },
    leave: () => leaving.abort(),
  };
}

const succeeded = ({ data }: Event) => data.status === 'succeeded';
const states = (events: Event[]) => events.map(({ event, data }) => [event, data.id, data.status]);

describe('the event stream', () => {
  it('changes – as they happen, as tasks like those of the API, of nobody else', async () => {
    const eve = await signIn(bff);
    const [own, others] = await Promise.all([listen(ada), listen(eve)]);
    expect(own.answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(own.answer.headers.get('cache-control')).toContain('no-cache');
    const { id } = await ada.upload();
    await finish(bff, id);
    const events = await own.until(succeeded);
    expect(events[0]).toMatchObject({ event: 'task', data: { id, status: 'waiting' } });
    const { task } = (await (await ada.call(`/api/wordclouds/${id}`)).json()) as { task: Task };
    expect(events.at(-1)!.data).toEqual(task);

    await ada.call(`/api/wordclouds/${id}`, { method: 'DELETE' });
    expect((await own.until(({ event }) => event === 'deleted')).at(-1)!.data).toEqual({ id });

    const hers = await eve.upload();
    expect(states(await others.until(() => true))).toEqual([['task', hers.id, 'waiting']]);
    for (const one of [own, others]) one.leave();
  });

  it('back with Last-Event-ID, on another instance – what was missed and what comes, each once and in order', async () => {
    const first = await listen(ada);
    const missed = await ada.upload();
    const [seen] = await first.until(() => true);
    first.leave();
    await finish(bff, missed.id);
    const deleted = await ada.upload();
    await ada.call(`/api/wordclouds/${deleted.id}`, { method: 'DELETE' });

    const other = await startBff(backends, { folder: bff.folder });
    try {
      const answer = await other.call('/api/events', {
        headers: { authorization: `Bearer ${ada.accessToken}`, 'last-event-id': seen!.id! },
      });
      const live = await ada.upload();
      const events: Event[] = [];
      for await (const event of eventsOf(answer)) {
        events.push(event);
        if (event.data.id === live.id) break;
      }
      const ids = events.map(({ id }) => Number(id));
      expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
      expect(ids[0]).toBeGreaterThan(Number(seen!.id));
      expect(states(events)).toContainEqual(['task', missed.id, 'succeeded']);
      expect(states(events)).toContainEqual(['deleted', deleted.id, undefined]);
      expect(states(events).at(-1)).toEqual(['task', live.id, 'waiting']);
    } finally {
      await other.close();
    }
  });

  it('a Last-Event-ID that is none – 400', async () => {
    for (const id of ['x', '-1', '1.5', '9'.repeat(20)]) {
      expect(await problemOf((await listen(ada, id)).answer)).toMatchObject({ status: 400, code: 'INVALID_INPUT' });
    }
  });

  it('log-out – ends it here at once, on another instance within a second', async () => {
    const other = await startBff(backends);
    try {
      const away = await other.call('/api/events', { headers: { authorization: `Bearer ${ada.accessToken}` } });
      const here = await listen(ada);
      const started = performance.now();
      await ada.call('/api/auth/logout', { method: 'POST' });
      await here.end();
      await away.text();
      expect(performance.now() - started).toBeLessThan(1_000);
    } finally {
      await other.close();
    }
  });

  it('the server closes – the stream ends, and closing does not wait for it', async () => {
    const other = await startBff(backends);
    const stream = await other.call('/api/events', { headers: { authorization: `Bearer ${ada.accessToken}` } });
    const started = performance.now();
    await Promise.all([other.close(), stream.text()]);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
