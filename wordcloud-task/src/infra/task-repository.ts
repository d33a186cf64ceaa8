/** The queue in SQL, the same on SQLite and MySQL but for the lock that only MySQL needs. */
import { type Database, isUniqueViolation, type Transaction } from '@wordcloud/storage';
import type { NewTask, QueuedTask, TaskRepository } from '../domain/ports.ts';
import { forgetChanges, noteChanges, raise, readChanges, readCounter } from './change-feed.ts';
import { listTasks } from './list-tasks.ts';
import type { TaskRow, TaskSchema } from './schema.ts';
import { toColumns, toQueuedTask, toRecord } from './task-row.ts';

export function createTaskRepository(database: Database<TaskSchema>): TaskRepository {
  const { db, kind, transaction } = database;
  const onMysql = kind === 'mysql';

  /** Reads a task and keeps others from changing it until the commit. On SQLite the transaction itself does. */
  const lockTask = (tx: Transaction<TaskSchema>, id: string): Promise<TaskRow | undefined> =>
    tx
      .selectFrom('task')
      .selectAll()
      .where('id', '=', id)
      .$if(onMysql, (query) => query.forUpdate())
      .executeTakeFirst();

  return {
    async insert(task, now, keysExpireBefore) {
      try {
        return await transaction((tx) => insertTask(tx, task, now, keysExpireBefore));
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
        // The same request came twice at once; now the first one stands.
        return await transaction((tx) => insertTask(tx, task, now, keysExpireBefore));
      }
    },

    async find(id) {
      const row = await db.selectFrom('task').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toQueuedTask(row);
    },

    list: (filter) => listTasks(db, filter),

    remove: (id, ownerId, now) =>
      transaction(async (tx) => {
        const row = await lockTask(tx, id);
        if (row === undefined || row.owner_id !== ownerId) return false;
        await tx.deleteFrom('task').where('id', '=', id).execute();
        await noteChanges(tx, [row], now);
        return true;
      }),

    lease: (limit, now, dueAt) =>
      transaction(async (tx) => {
        const rows = await tx
          .selectFrom('task')
          .selectAll()
          .where('state', '=', 'waiting')
          .orderBy('queue_seq')
          .limit(limit)
          .$if(onMysql, (query) => query.forUpdate().skipLocked())
          .execute();
        if (rows.length === 0) return [];
        const leased: TaskRow[] = rows.map((row) => ({
          ...row,
          state: 'processing',
          attempt: row.attempt + 1,
          attempts: row.attempts + 1,
          due_at: dueAt,
          preview_key: null,
          updated_at: now,
        }));
        await tx
          .updateTable('task')
          .set((row) => ({
            state: 'processing',
            attempt: row('attempt', '+', 1),
            attempts: row('attempts', '+', 1),
            due_at: dueAt,
            preview_key: null,
            updated_at: now,
          }))
          .where(
            'id',
            'in',
            rows.map(({ id }) => id),
          )
          .execute();
        await noteChanges(tx, leased, now);
        return leased.map(toQueuedTask);
      }),

    update: (id, now, decide) =>
      transaction(async (tx): Promise<QueuedTask | undefined> => {
        const row = await lockTask(tx, id);
        if (row === undefined) return undefined;
        const before = toQueuedTask(row);
        const update = decide(before);
        if (update === undefined) return before;
        const columns = {
          ...toColumns(update),
          updated_at: now,
          ...(update.requeue && { queue_seq: await raise(tx, 'queue') }),
        };
        await tx.updateTable('task').set(columns).where('id', '=', id).execute();
        await noteChanges(tx, [row], now);
        return toQueuedTask({ ...row, ...columns });
      }),

    async overdue(now, limit) {
      const rows = await db
        .selectFrom('task')
        .select('id')
        .where('state', 'in', ['processing', 'parked'])
        .where('due_at', '<=', now)
        .limit(limit)
        .execute();
      return rows.map(({ id }) => id);
    },

    changes: (after, ownerId, limit) => readChanges(database, after, ownerId, limit),
    lastChange: () => readCounter(db, 'change'),
    forgetChanges: (before) => forgetChanges(database, before),

    async census() {
      const rows = await db
        .selectFrom('task')
        .select((row) => ['state', row.fn.countAll<number>().as('tasks')])
        .groupBy('state')
        .execute();
      const oldest = await db
        .selectFrom('task')
        .select('updated_at')
        .where('state', '=', 'waiting')
        .orderBy('queue_seq')
        .limit(1)
        .executeTakeFirst();
      const byState = Object.fromEntries(rows.map(({ state, tasks }) => [state, Number(tasks)]));
      return { byState, oldestWaiting: oldest?.updated_at };
    },
  };
}

async function insertTask(tx: Transaction<TaskSchema>, task: NewTask, now: number, keysExpireBefore: number) {
  const { id, ownerId, idempotencyKey } = task;
  await tx
    .deleteFrom('idempotency_key')
    .where('owner_id', '=', ownerId)
    .where('created_at', '<', keysExpireBefore)
    .execute();
  const earlier = await findEarlier(tx, task);
  if (earlier) return { task: toRecord(earlier), created: false };
  const seq = await raise(tx, 'queue');
  const row: TaskRow = {
    id,
    owner_id: ownerId,
    title: task.title,
    folded_title: task.title.toLowerCase(),
    state: 'waiting',
    queue_seq: seq,
    created_seq: seq,
    attempt: 0,
    attempts: 0,
    due_at: null,
    stage: 'queued',
    percent: 0,
    lang: null,
    options: JSON.stringify(task.options),
    source_key: task.source.key,
    source_bytes: task.source.bytes,
    encoding: task.source.encoding,
    mask_key: task.maskKey,
    result: null,
    stats: null,
    error: null,
    created_at: now,
    updated_at: now,
    finished_at: null,
    trace: task.trace,
    preview_key: null,
    compare_key: task.compare?.key ?? null,
    compare_title: task.compare?.title ?? null,
  };
  await tx.insertInto('task').values(row).execute();
  if (idempotencyKey !== null) {
    const key = { owner_id: ownerId, key_text: idempotencyKey, task_id: id, created_at: now };
    await tx.insertInto('idempotency_key').values(key).execute();
  }
  await noteChanges(tx, [row], now);
  return { task: toRecord(row), created: true };
}

/** The task that this request has made before: by its id, or by its idempotency key. */
async function findEarlier(
  tx: Transaction<TaskSchema>,
  { id, ownerId, idempotencyKey }: NewTask,
): Promise<TaskRow | undefined> {
  const same = await tx.selectFrom('task').selectAll().where('id', '=', id).executeTakeFirst();
  if (same || idempotencyKey === null) return same;
  const known = await tx
    .selectFrom('idempotency_key')
    .select('task_id')
    .where('owner_id', '=', ownerId)
    .where('key_text', '=', idempotencyKey)
    .executeTakeFirst();
  if (known === undefined) return undefined;
  const task = await tx.selectFrom('task').selectAll().where('id', '=', known.task_id).executeTakeFirst();
  // Its task was deleted: the key may be used anew.
  if (task === undefined) {
    await tx
      .deleteFrom('idempotency_key')
      .where('owner_id', '=', ownerId)
      .where('key_text', '=', idempotencyKey)
      .execute();
  }
  return task;
}
