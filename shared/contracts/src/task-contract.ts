/** wordcloud-task: the durable record and queue of tasks. Only other services call it. */
import Type, { type Static } from 'typebox';
import { LIMITS } from './cloud-choices.ts';
import { CloudOptions, CloudOptionsInput } from './cloud-options.ts';
import { defineContract } from './operation.ts';
import { Nullable, Progress, TaskError, TaskId, TaskRecord, TaskStats, TaskStatus } from './task.ts';

const TaskParams = Type.Object({ taskId: TaskId });
const AttemptParams = Type.Object({
  taskId: TaskId,
  attempt: Type.Integer({ minimum: 1, description: 'The number that the lease gave' }),
});
/** Every question about one task names its owner; another owner's task does not exist. */
const OwnerQuery = Type.Object({ ownerId: Type.String({ minLength: 1, maxLength: 64 }) });
const OneTask = Type.Object({ task: TaskRecord });
const ObjectKey = Type.String({ minLength: 1, maxLength: 512 });
/** As the header `traceparent`. Only of requests that are recorded: the making is then recorded as well, and linked to them. */
const Trace = Type.String({ pattern: '^00-[0-9a-f]{32}-[0-9a-f]{16}-01$', description: 'The recorded request' });

/** A task that a dispatcher may have made, until the lease ends. */
export const Lease = Type.Object({
  task: TaskRecord,
  attempt: Type.Integer({ description: 'Grows with each lease of the task; writes with an older one are refused' }),
  trace: Type.Optional(Trace),
});
export type Lease = Static<typeof Lease>;

/** A change of a task: its state now, or null once it is deleted. */
export const TaskChange = Type.Object({
  cursor: Type.Integer(),
  taskId: TaskId,
  ownerId: Type.String(),
  task: Nullable(TaskRecord),
});
export type TaskChange = Static<typeof TaskChange>;

export const taskContract = defineContract('wordcloud-task', {
  createTask: {
    method: 'POST',
    path: '/tasks',
    summary: 'Accepts a task; the same idempotency key of the same owner within a day gives the task it gave before',
    body: Type.Object(
      {
        id: TaskId,
        ownerId: Type.String({ minLength: 1, maxLength: 64 }),
        title: Type.String({ minLength: 1, maxLength: LIMITS.title }),
        options: CloudOptions,
        source: Type.Object({ key: ObjectKey, bytes: Type.Integer({ minimum: 0 }), encoding: Nullable(Type.String()) }),
        maskKey: Nullable(ObjectKey),
        compare: Type.Optional(
          Type.Object({ key: ObjectKey, title: Type.String({ minLength: 1, maxLength: LIMITS.title }) }),
        ),
        idempotencyKey: Nullable(Type.String({ minLength: 1, maxLength: 255 })),
        trace: Type.Optional(Trace),
      },
      { additionalProperties: false },
    ),
    status: 201,
    reply: Type.Object({ task: TaskRecord, created: Type.Boolean() }),
    errors: ['INVALID_INPUT'],
    idempotent: true,
    timeoutMs: 5_000,
  },
  getTask: {
    method: 'GET',
    path: '/tasks/:taskId',
    summary: 'One task of an owner',
    params: TaskParams,
    query: OwnerQuery,
    status: 200,
    reply: OneTask,
    errors: ['NOT_FOUND'],
    idempotent: true,
    quick: true,
    timeoutMs: 3_000,
  },
  listTasks: {
    method: 'GET',
    path: '/tasks',
    summary: 'Tasks of an owner, newest first',
    query: Type.Object({
      ownerId: Type.String({ minLength: 1, maxLength: 64 }),
      page: Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1 }),
      pageSize: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
      status: Type.Optional(TaskStatus),
      q: Type.Optional(Type.String({ maxLength: LIMITS.title, description: 'Part of the title' })),
    }),
    status: 200,
    reply: Type.Object({
      items: Type.Array(TaskRecord),
      page: Type.Integer(),
      pageSize: Type.Integer(),
      total: Type.Integer(),
    }),
    errors: ['INVALID_INPUT'],
    idempotent: true,
    quick: true,
    timeoutMs: 5_000,
  },
  deleteTask: {
    method: 'DELETE',
    path: '/tasks/:taskId',
    summary: 'Forgets a task; the caller removes its objects',
    params: TaskParams,
    query: OwnerQuery,
    status: 204,
    errors: ['NOT_FOUND'],
    idempotent: true,
    timeoutMs: 5_000,
  },
  retryTask: {
    method: 'POST',
    path: '/tasks/:taskId/retry',
    summary: 'Puts a finished task back into the queue, with changed options if wished',
    params: TaskParams,
    query: OwnerQuery,
    body: Type.Object({ options: CloudOptionsInput, trace: Type.Optional(Trace) }, { additionalProperties: false }),
    status: 202,
    reply: OneTask,
    errors: ['NOT_FOUND', 'NOT_RETRYABLE'],
    idempotent: false,
    timeoutMs: 5_000,
  },
  leaseTasks: {
    method: 'POST',
    path: '/leases',
    summary: 'Leases the oldest waiting tasks to a dispatcher; waits for the first one up to `waitMs`',
    body: Type.Object(
      {
        dispatcher: Type.String({ minLength: 1, maxLength: 128 }),
        limit: Type.Integer({ minimum: 1, maximum: 50 }),
        waitMs: Type.Integer({ minimum: 0, maximum: 20_000 }),
      },
      { additionalProperties: false },
    ),
    status: 200,
    reply: Type.Object({
      leases: Type.Array(Lease),
      leaseMs: Type.Integer({ description: 'How long a lease lasts unless renewed' }),
    }),
    errors: [],
    idempotent: false,
    timeoutMs: 25_000,
    attemptTimeoutMs: 25_000,
    waits: true,
  },
  reportProgress: {
    method: 'POST',
    path: '/tasks/:taskId/attempts/:attempt/progress',
    summary: 'Notes the stage of an attempt and renews its lease',
    params: AttemptParams,
    body: Type.Object(
      {
        progress: Progress,
        previewKey: Type.Optional(Type.String({ ...ObjectKey, description: 'A preview is there from now on' })),
      },
      { additionalProperties: false },
    ),
    status: 204,
    errors: ['NOT_FOUND', 'STALE_ATTEMPT'],
    idempotent: true,
    quick: true,
    timeoutMs: 3_000,
  },
  completeTask: {
    method: 'POST',
    path: '/tasks/:taskId/attempts/:attempt/success',
    summary: 'The attempt has made the picture',
    params: AttemptParams,
    body: Type.Object(
      {
        lang: Type.String(),
        encoding: Nullable(Type.String({ description: 'Null for documents, which state it in themselves' })),
        result: Type.Object({
          png: ObjectKey,
          svg: ObjectKey,
          words: ObjectKey,
          layout: Type.Optional(ObjectKey),
          width: Type.Integer(),
          height: Type.Integer(),
        }),
        stats: TaskStats,
      },
      { additionalProperties: false },
    ),
    status: 204,
    errors: ['NOT_FOUND', 'STALE_ATTEMPT'],
    idempotent: true,
    timeoutMs: 5_000,
  },
  failTask: {
    method: 'POST',
    path: '/tasks/:taskId/attempts/:attempt/failure',
    summary: 'The attempt has failed: for good, or to be tried again later while attempts are left',
    params: AttemptParams,
    body: Type.Object(
      {
        error: TaskError,
        retry: Type.Enum(['never', 'later', 'uncounted'], {
          description: '`uncounted`: the attempt never began (no maker was there), so it does not use up one',
        }),
      },
      { additionalProperties: false },
    ),
    status: 204,
    errors: ['NOT_FOUND', 'STALE_ATTEMPT'],
    idempotent: true,
    timeoutMs: 5_000,
  },
  listChanges: {
    method: 'GET',
    path: '/changes',
    summary: 'What changed after a cursor, in order; waits for the first change up to `waitMs`',
    description:
      'Without `after`: no changes, only the cursor of now. `gap` is true when changes after the cursor are already forgotten.',
    query: Type.Object({
      after: Type.Optional(Type.Integer({ minimum: 0 })),
      ownerId: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
      limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
      waitMs: Type.Integer({ minimum: 0, maximum: 20_000, default: 0 }),
    }),
    status: 200,
    reply: Type.Object({ changes: Type.Array(TaskChange), cursor: Type.Integer(), gap: Type.Boolean() }),
    errors: [],
    idempotent: true,
    timeoutMs: 25_000,
    attemptTimeoutMs: 25_000,
    waits: true,
  },
});
