/** Pages of an owner's tasks, newest first, over the index on owner and order of creation. */
import type { TaskRecord } from '@wordcloud/contracts';
import type { Kysely } from '@wordcloud/storage';
import { sql } from 'kysely';
import type { TaskFilter } from '../domain/ports.ts';
import type { State } from '../domain/task-state.ts';
import type { TaskSchema } from './schema.ts';
import { toRecord } from './task-row.ts';

export async function listTasks(
  db: Kysely<TaskSchema>,
  filter: TaskFilter,
): Promise<{ items: TaskRecord[]; total: number }> {
  const { ownerId, page, pageSize, status, q } = filter;
  let query = db.selectFrom('task').where('owner_id', '=', ownerId);
  if (status !== undefined) query = query.where('state', 'in', statesOf(status));
  if (q !== undefined && q !== '') {
    const pattern = `%${q.toLowerCase().replace(/[!%_]/g, '!$&')}%`;
    query = query.where(sql<boolean>`folded_title like ${pattern} escape '!'`);
  }
  const { total } = await query.select((row) => row.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await query
    .selectAll()
    .orderBy('created_seq', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  return { items: rows.map(toRecord), total: Number(total) };
}

/** A task that pauses between two attempts waits, for its owner. */
const statesOf = (status: NonNullable<TaskFilter['status']>): State[] =>
  status === 'waiting' ? ['waiting', 'parked'] : [status];
