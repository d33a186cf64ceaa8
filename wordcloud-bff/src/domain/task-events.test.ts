import type { TaskChange } from '@wordcloud/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEventHub } from './event-hub.ts';
import type { TaskService } from './ports.ts';
import { type TaskEvent, taskEvents } from './task-events.ts';

const OWNER = 'ada';
const change = (cursor: number, ownerId = OWNER) =>
  ({ cursor, ownerId, taskId: `t${cursor}`, task: null }) as TaskChange;

/** A task service that knows a past, in pages of two, and says when it is asked. */
function pastOf(past: TaskChange[], asked: (after: number) => void = () => {}, gap = false) {
  const listChanges = async ({ query: { after } }: { query: { after: number } }) => {
    asked(after);
    const changes = past.filter(({ cursor }) => cursor > after).slice(0, 2);
    return { changes, cursor: changes.at(-1)?.cursor ?? after, gap: gap && after === 0 };
  };
  return { listChanges } as unknown as TaskService;
}

function listen(tasks: TaskService, after: number | undefined, idleMs = 10_000) {
  const hub = createEventHub();
  const leaving = new AbortController();
  const events = taskEvents(hub, tasks, { ownerId: OWNER, after, idleMs, signal: leaving.signal, context: {} });
  return { hub, events, leave: () => leaving.abort() };
}

const cursors = (events: TaskEvent[]) =>
  events.map((event) => (event.kind === 'change' ? event.change.cursor : event.kind));

async function take(events: AsyncGenerator<TaskEvent>, count: number) {
  const taken: TaskEvent[] = [];
  while (taken.length < count) taken.push((await events.next()).value as TaskEvent);
  return cursors(taken);
}

describe('taskEvents', () => {
  it('without a cursor – what happens from now on, of this owner only', async () => {
    const { hub, events } = listen(pastOf([change(1)]), undefined);
    const first = take(events, 2);
    hub.publish([change(2, 'eve'), change(3), change(4)]);
    expect(await first).toEqual([3, 4]);
    await events.return(undefined);
  });

  it('changes while the past is read – neither missed nor twice, however they overlap', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 12 }), async (known, heardFrom) => {
        const all = Array.from({ length: 15 }, (_, i) => change(i + 1));
        const heard = all.slice(Math.min(heardFrom, known));
        let published = false;
        const tasks = pastOf(all.slice(0, known), () => {
          if (!published) hub.publish(heard);
          published = true;
        });
        const { hub, events } = listen(tasks, 0);
        expect(await take(events, 15)).toEqual(all.map(({ cursor }) => cursor));
        await events.return(undefined);
      }),
    );
  });

  it('the past is forgotten – a gap first', async () => {
    const { events } = listen(pastOf([change(7)], undefined, true), 0);
    expect(await take(events, 2)).toEqual(['gap', 7]);
    await events.return(undefined);
  });

  it('nothing happens – idle, again and again', async () => {
    const { events } = listen(pastOf([]), undefined, 1);
    expect(await take(events, 2)).toEqual(['idle', 'idle']);
    await events.return(undefined);
  });

  it('left – ends, and is no longer told', async () => {
    const { hub, events, leave } = listen(pastOf([]), undefined);
    const next = events.next();
    leave();
    expect(await next).toEqual({ value: undefined, done: true });
    hub.publish([change(1)]);
    expect(await events.next()).toEqual({ value: undefined, done: true });
  });

  it('a listener that does not read – is let go, to come back with its last id', async () => {
    const { hub, events } = listen(pastOf([]), undefined);
    const first = events.next();
    hub.publish(Array.from({ length: 2_000 }, (_, i) => change(i + 1)));
    await first;
    expect((await events.next()).done).toBe(true);
  });
});
