/**
 * The change feed. Its numbers come from a counter whose row stays locked until the commit, so they become visible in
 * their order: a reader that has seen one has seen all before it. (Auto-increment gives a number to a transaction that may
 * commit late, and a reader that follows by cursor would never see it.) Every transaction takes the counter last, so that
 * two of them cannot wait for each other.
 */
import type { Database, Kysely, Transaction } from '@wordcloud/storage';
import type { ChangePage } from '../domain/ports.ts';
import type { TaskSchema } from './schema.ts';
import { toRecord } from './task-row.ts';

/** Raises a counter inside a transaction. @returns its value before */
export async function raise(tx: Transaction<TaskSchema>, name: string, by = 1): Promise<number> {
  await tx
    .updateTable('counter')
    .set((row) => ({ value: row('value', '+', by) }))
    .where('name', '=', name)
    .execute();
  return (await readCounter(tx, name)) - by;
}

export async function readCounter(db: Kysely<TaskSchema>, name: string): Promise<number> {
  return (await db.selectFrom('counter').select('value').where('name', '=', name).executeTakeFirstOrThrow()).value;
}

/** Notes that these tasks changed; the last thing that a transaction does. */
export async function noteChanges(
  tx: Transaction<TaskSchema>,
  tasks: readonly { id: string; owner_id: string }[],
  now: number,
): Promise<void> {
  if (tasks.length === 0) return;
  const before = await raise(tx, 'change', tasks.length);
  const rows = tasks.map(({ id, owner_id }, index) => ({
    seq: before + index + 1,
    task_id: id,
    owner_id,
    changed_at: now,
  }));
  await tx.insertInto('task_change').values(rows).execute();
}

export async function readChanges(
  { transaction, db }: Database<TaskSchema>,
  after: number,
  ownerId: string | undefined,
  limit: number,
): Promise<ChangePage> {
  // Most reads find nothing new: they need no transaction.
  if ((await readCounter(db, 'change')) <= after) return { changes: [], cursor: after, gap: false };
  return transaction(async (tx) => {
    const [last, forgotten] = [await readCounter(tx, 'change'), await readCounter(tx, 'forgotten')];
    let query = tx.selectFrom('task_change').selectAll().where('seq', '>', after).where('seq', '<=', last);
    if (ownerId !== undefined) query = query.where('owner_id', '=', ownerId);
    const rows = await query.orderBy('seq').limit(limit).execute();
    // Of several changes of a task the last one counts: they all would show its state of now.
    const newest = new Map(rows.map((row) => [row.task_id, row]));
    const states = await readTasks(tx, [...newest.keys()]);
    const changes = [...newest.values()]
      .sort((a, b) => a.seq - b.seq)
      .map(({ seq, task_id, owner_id }) => ({
        cursor: seq,
        taskId: task_id,
        ownerId: owner_id,
        task: states.get(task_id) ?? null,
      }));
    const cursor = rows.length < limit ? last : rows.at(-1)!.seq;
    return { changes, cursor, gap: after < forgotten };
  });
}

async function readTasks(tx: Transaction<TaskSchema>, ids: string[]) {
  if (ids.length === 0) return new Map();
  const rows = await tx.selectFrom('task').selectAll().where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, toRecord(row)]));
}

/** Removes old changes and remembers up to where, so that a reader who comes too late is told. */
export function forgetChanges({ transaction }: Database<TaskSchema>, before: number): Promise<void> {
  return transaction(async (tx) => {
    const newest = await tx
      .selectFrom('task_change')
      .select((row) => row.fn.max('seq').as('seq'))
      .where('changed_at', '<', before)
      .executeTakeFirst();
    if (!newest?.seq) return;
    await tx.deleteFrom('task_change').where('seq', '<=', newest.seq).execute();
    await tx.updateTable('counter').set({ value: newest.seq }).where('name', '=', 'forgotten').execute();
  });
}
