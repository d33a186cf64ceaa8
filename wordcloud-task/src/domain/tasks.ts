/** Tasks as their owner sees them. Another owner's task does not exist. */
import { type CloudOptionsInput, checkOptionsTogether, ProblemError, type TaskRecord } from '@wordcloud/contracts';
import type { NewTask, TaskFilter, TaskRepository } from './ports.ts';
import { QUEUED } from './task-state.ts';

/** An idempotency key stands for its task this long. */
export const KEY_LIFE_MS = 24 * 3_600_000;

export interface Tasks {
  /** @throws ProblemError INVALID_INPUT */
  create(task: NewTask): Promise<{ task: TaskRecord; created: boolean }>;
  /** @throws ProblemError NOT_FOUND */
  get(id: string, ownerId: string): Promise<TaskRecord>;
  list(filter: TaskFilter): Promise<{ items: TaskRecord[]; page: number; pageSize: number; total: number }>;
  /** @throws ProblemError NOT_FOUND */
  remove(id: string, ownerId: string): Promise<void>;
  /** @throws ProblemError NOT_FOUND, NOT_RETRYABLE, INVALID_INPUT */
  retry(id: string, ownerId: string, options: CloudOptionsInput, trace: string | null): Promise<TaskRecord>;
}

export function createTasks(tasks: TaskRepository, now: () => number): Tasks {
  return {
    async create(task) {
      checkOptionsTogether(task.options, task.maskKey !== null);
      const made = await tasks.insert(task, now(), now() - KEY_LIFE_MS);
      // Ids are random; one that belongs to somebody else is a mistake or an attempt to look.
      if (made.task.ownerId !== task.ownerId)
        throw new ProblemError('INVALID_INPUT', 'id: is taken; allowed is a new UUID.');
      return made;
    },
    async get(id, ownerId) {
      const found = await tasks.find(id);
      return ownedBy(ownerId, found?.record);
    },
    async list(filter) {
      const { page, pageSize } = filter;
      return { ...(await tasks.list(filter)), page, pageSize };
    },
    async remove(id, ownerId) {
      if (!(await tasks.remove(id, ownerId, now()))) throw notFound();
    },
    async retry(id, ownerId, options, trace) {
      const updated = await tasks.update(id, now(), ({ record, state }) => {
        ownedBy(ownerId, record);
        if (state !== 'succeeded' && state !== 'failed') {
          throw new ProblemError(
            'NOT_RETRYABLE',
            'The task is still in the queue or being worked on; wait until it is finished.',
          );
        }
        const changed = { ...record.options, ...options };
        checkOptionsTogether(changed, record.maskKey !== null);
        return {
          state: 'waiting',
          progress: QUEUED,
          attempts: 0,
          dueAt: null,
          error: null,
          result: null,
          stats: null,
          lang: null,
          options: changed,
          finishedAt: null,
          trace,
          requeue: true,
        };
      });
      return ownedBy(ownerId, updated?.record);
    },
  };
}

function ownedBy(ownerId: string, record: TaskRecord | undefined): TaskRecord {
  if (record === undefined || record.ownerId !== ownerId) throw notFound();
  return record;
}

const notFound = () => new ProblemError('NOT_FOUND', 'There is no such word cloud.');
