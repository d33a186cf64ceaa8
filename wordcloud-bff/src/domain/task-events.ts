/**
 * The changes of one owner's tasks as an endless sequence: first what was missed since a cursor, then what happens,
 * without a gap and without a change twice.
 */
import type { TaskChange } from '@wordcloud/contracts';
import type { EventHub } from './event-hub.ts';
import type { CallContext, TaskService } from './ports.ts';

export type TaskEvent =
  | { kind: 'change'; change: TaskChange }
  /** Changes since the cursor are already forgotten: the listener must load everything anew. */
  | { kind: 'gap'; cursor: number }
  /** Nothing happened for a while. */
  | { kind: 'idle' };

export interface TaskEventsOptions {
  ownerId: string;
  /** Cursor of the last change that the listener has seen. */
  after: number | undefined;
  /** Milliseconds of silence after which an `idle` comes. */
  idleMs: number;
  signal: AbortSignal;
  context: CallContext;
}

/** A listener that is this far behind does not read any more; it may come back with its last id. */
const MOST_UNREAD = 1_000;

export async function* taskEvents(
  hub: EventHub,
  tasks: TaskService,
  options: TaskEventsOptions,
): AsyncGenerator<TaskEvent> {
  const { ownerId, signal, context } = options;
  const unread: TaskChange[] = [];
  let wake = () => {};
  // Listening begins before the past is read, or a change in between would be missed.
  const unsubscribe = hub.subscribe(ownerId, (change) => {
    unread.push(change);
    wake();
  });
  const onAbort = () => wake();
  signal.addEventListener('abort', onAbort);
  try {
    let seen = options.after ?? 0;
    if (options.after !== undefined) {
      for await (const event of missed(tasks, ownerId, options.after, context)) {
        if (event.kind === 'change') seen = event.change.cursor;
        yield event;
      }
    }
    while (!signal.aborted && unread.length < MOST_UNREAD) {
      const change = unread.shift();
      if (change === undefined) {
        if (!(await wokenWithin(options.idleMs, (resume) => (wake = resume)))) yield { kind: 'idle' };
      } else if (change.cursor > seen) {
        seen = change.cursor;
        yield { kind: 'change', change };
      }
    }
  } finally {
    unsubscribe();
    signal.removeEventListener('abort', onAbort);
  }
}

async function* missed(
  tasks: TaskService,
  ownerId: string,
  after: number,
  context: CallContext,
): AsyncGenerator<TaskEvent> {
  let cursor = after;
  for (;;) {
    const page = await tasks.listChanges({ query: { ownerId, after: cursor, limit: 500, waitMs: 0 } }, context);
    if (page.gap) yield { kind: 'gap', cursor: page.cursor };
    for (const change of page.changes) yield { kind: 'change', change };
    if (page.changes.length === 0 || page.cursor <= cursor) return;
    cursor = page.cursor;
  }
}

/** @returns false when nobody called `resume` in time */
function wokenWithin(ms: number, register: (resume: () => void) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    register(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
