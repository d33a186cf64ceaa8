/** Tables of the task service. Moments are milliseconds since 1970, JSON is text. */
import {
  bigintColumn,
  idColumn,
  integerColumn,
  type Kysely,
  longTextColumn,
  type Migration,
  textColumn,
} from '@wordcloud/storage';
import type { State } from '../domain/task-state.ts';

export interface TaskRow {
  id: string;
  owner_id: string;
  title: string;
  /** The title in lower case, for searching it the same way on both databases. */
  folded_title: string;
  state: State;
  /** Place in the queue: grows with each creation and each retry. */
  queue_seq: number;
  /** Order of creation, for paging. */
  created_seq: number;
  attempt: number;
  attempts: number;
  due_at: number | null;
  stage: string;
  percent: number;
  lang: string | null;
  options: string;
  source_key: string;
  source_bytes: number;
  encoding: string | null;
  mask_key: string | null;
  result: string | null;
  stats: string | null;
  error: string | null;
  created_at: number;
  updated_at: number;
  finished_at: number | null;
  /** The recorded request that asked for the making, as `traceparent`; null: it is not recorded. */
  trace: string | null;
  /** Of the attempt that has the lease. */
  preview_key: string | null;
  /** Of a second text to compare with. */
  compare_key: string | null;
  compare_title: string | null;
}

export interface TaskSchema {
  task: TaskRow;
  idempotency_key: { owner_id: string; key_text: string; task_id: string; created_at: number };
  /** The change feed: which task changed, not how; its state now is what readers want. */
  task_change: { seq: number; task_id: string; owner_id: string; changed_at: number };
  /** Counters that are raised inside a transaction. */
  counter: { name: string; value: number };
}

async function up(db: Kysely<TaskSchema>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('task')
    .addColumn('id', idColumn(), (column) => column.primaryKey())
    .addColumn('owner_id', idColumn(), (column) => column.notNull())
    .addColumn('title', textColumn(400), (column) => column.notNull())
    .addColumn('folded_title', textColumn(400), (column) => column.notNull())
    .addColumn('state', idColumn(16), (column) => column.notNull())
    .addColumn('queue_seq', bigintColumn(), (column) => column.notNull())
    .addColumn('created_seq', bigintColumn(), (column) => column.notNull())
    .addColumn('attempt', integerColumn(), (column) => column.notNull())
    .addColumn('attempts', integerColumn(), (column) => column.notNull())
    .addColumn('due_at', bigintColumn())
    .addColumn('stage', idColumn(16), (column) => column.notNull())
    .addColumn('percent', integerColumn(), (column) => column.notNull())
    .addColumn('lang', idColumn(16))
    .addColumn('options', longTextColumn(), (column) => column.notNull())
    .addColumn('source_key', textColumn(512), (column) => column.notNull())
    .addColumn('source_bytes', bigintColumn(), (column) => column.notNull())
    .addColumn('encoding', idColumn(32))
    .addColumn('mask_key', textColumn(512))
    .addColumn('result', longTextColumn())
    .addColumn('stats', longTextColumn())
    .addColumn('error', longTextColumn())
    .addColumn('created_at', bigintColumn(), (column) => column.notNull())
    .addColumn('updated_at', bigintColumn(), (column) => column.notNull())
    .addColumn('finished_at', bigintColumn())
    .execute();
  // The lease query reads the waiting tasks in their order and locks just those; a wider condition would make MySQL sort,
  // and so lock, all rows.
  await schema.createIndex('task_queue').on('task').columns(['state', 'queue_seq']).execute();
  await schema.createIndex('task_due').on('task').columns(['state', 'due_at']).execute();
  await schema.createIndex('task_owner').on('task').columns(['owner_id', 'created_seq']).execute();
  await schema
    .createTable('idempotency_key')
    .addColumn('owner_id', idColumn(), (column) => column.notNull())
    .addColumn('key_text', idColumn(255), (column) => column.notNull())
    .addColumn('task_id', idColumn(), (column) => column.notNull())
    .addColumn('created_at', bigintColumn(), (column) => column.notNull())
    .addPrimaryKeyConstraint('idempotency_key_pk', ['owner_id', 'key_text'])
    .execute();
  await schema
    .createTable('task_change')
    .addColumn('seq', bigintColumn(), (column) => column.primaryKey())
    .addColumn('task_id', idColumn(), (column) => column.notNull())
    .addColumn('owner_id', idColumn(), (column) => column.notNull())
    .addColumn('changed_at', bigintColumn(), (column) => column.notNull())
    .execute();
  await schema.createIndex('task_change_owner').on('task_change').columns(['owner_id', 'seq']).execute();
  await schema
    .createTable('counter')
    .addColumn('name', idColumn(), (column) => column.primaryKey())
    .addColumn('value', bigintColumn(), (column) => column.notNull())
    .execute();
  await db
    .insertInto('counter')
    .values([
      { name: 'change', value: 0 },
      { name: 'forgotten', value: 0 },
      { name: 'queue', value: 0 },
    ])
    .execute();
}

async function addTrace({ schema }: Kysely<TaskSchema>): Promise<void> {
  await schema.alterTable('task').addColumn('trace', idColumn(55)).execute();
}

async function addPreview({ schema }: Kysely<TaskSchema>): Promise<void> {
  await schema.alterTable('task').addColumn('preview_key', textColumn(512)).execute();
}

async function addSecondText({ schema }: Kysely<TaskSchema>): Promise<void> {
  await schema.alterTable('task').addColumn('compare_key', textColumn(512)).execute();
  await schema.alterTable('task').addColumn('compare_title', textColumn(400)).execute();
}

export const migrations: Record<string, Migration> = {
  '2026-11-20-tasks': { up },
  '2026-11-21-trace': { up: addTrace },
  '2026-11-22-preview': { up: addPreview },
  '2026-11-22-second-text': { up: addSecondText },
};
