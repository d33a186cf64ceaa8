/** The queue as dispatchers and makers see it: leases, progress, outcomes. */
import {
  type Lease,
  ProblemError,
  type Progress,
  type TaskError,
  type TaskRecord,
  type TaskStats,
} from '@wordcloud/contracts';
import type { QueuedTask, TaskRepository } from './ports.ts';
import { afterFailure, afterSilence, DONE, isForward, QUEUED, type Retry } from './task-state.ts';

/** What a dashboard wants to count. Times are milliseconds since the task came; left out where it was made once before. */
export type QueueEvent =
  | { kind: 'leased'; firstAfterMs?: number }
  | { kind: 'parked' }
  | { kind: 'lease-expired' }
  | { kind: 'succeeded'; afterMs?: number }
  | { kind: 'failed'; code: string; afterMs?: number };

export interface QueueDependencies {
  tasks: TaskRepository;
  maxAttempts: number;
  leaseMs: number;
  now: () => number;
  random: () => number;
  /** Told after it has happened. */
  observe?: (event: QueueEvent) => void;
}

export interface Outcome {
  lang: string;
  /** Null for documents, which state it in themselves. */
  encoding: string | null;
  result: NonNullable<TaskRecord['result']>;
  stats: TaskStats;
}

/** `attempt` is the number that the lease gave; an older one is refused with STALE_ATTEMPT, a deleted task with NOT_FOUND. */
export interface Queue {
  readonly leaseMs: number;
  lease(limit: number): Promise<Lease[]>;
  /** Whoever should have had it has gone: it waits again, where it was in the queue, and nothing is counted. */
  giveBack(id: string, attempt: number): Promise<void>;
  /** @param previewKey of a preview that is there from now on, while the attempt lasts */
  reportProgress(id: string, attempt: number, progress: Progress, previewKey?: string): Promise<void>;
  succeed(id: string, attempt: number, outcome: Outcome): Promise<void>;
  fail(id: string, attempt: number, error: TaskError, retry: Retry): Promise<void>;
  /** Puts tasks back whose lease or pause is over. @returns how many */
  sweep(): Promise<number>;
}

const SWEEP_LIMIT = 100;

export function createQueue({
  tasks,
  maxAttempts,
  leaseMs,
  now,
  random,
  observe = () => {},
}: QueueDependencies): Queue {
  return {
    leaseMs,

    async lease(limit) {
      const leased = await tasks.lease(limit, now(), now() + leaseMs);
      for (const task of leased) {
        const { afterMs } = sinceAccepted(task);
        observe({ kind: 'leased', ...(task.attempt === 1 && afterMs !== undefined && { firstAfterMs: afterMs }) });
      }
      return leased.map(({ record, attempt, trace }) => ({ task: record, attempt, ...(trace !== null && { trace }) }));
    },

    async giveBack(id, attempt) {
      await tasks.update(id, now(), (task) => {
        if (task.state !== 'processing' || task.attempt !== attempt) return undefined;
        return { state: 'waiting', progress: QUEUED, attempts: task.record.attempts - 1, dueAt: null };
      });
    },

    async reportProgress(id, attempt, progress, previewKey) {
      const found = await tasks.update(id, now(), (task) => {
        checkAttempt(task, attempt);
        const forward = isForward(task.record.progress, progress);
        return {
          state: 'processing',
          progress: forward ? progress : task.record.progress,
          dueAt: now() + leaseMs,
          ...(previewKey !== undefined && { previewKey }),
        };
      });
      mustExist(found);
    },

    async succeed(id, attempt, outcome) {
      let changed = false;
      const found = await tasks.update(id, now(), (task) => {
        // Told again because the answer was lost: it is done already.
        if (task.attempt === attempt && task.state === 'succeeded') return undefined;
        checkAttempt(task, attempt);
        changed = true;
        return { ...outcome, state: 'succeeded', progress: DONE, error: null, dueAt: null, finishedAt: now() };
      });
      mustExist(found);
      if (changed) observe({ kind: 'succeeded', ...sinceAccepted(found) });
    },

    async fail(id, attempt, error, retry) {
      let became: 'parked' | 'failed' | undefined;
      const found = await tasks.update(id, now(), (task) => {
        if (task.attempt === attempt && (task.state === 'failed' || task.state === 'parked')) return undefined;
        checkAttempt(task, attempt);
        const after = afterFailure(retry, error, task.record.attempts, maxAttempts, random);
        became = after.state;
        if (after.state === 'parked') {
          return { state: 'parked', progress: QUEUED, attempts: after.attempts, dueAt: now() + after.pauseMs };
        }
        return { state: 'failed', progress: task.record.progress, error, dueAt: null, finishedAt: now() };
      });
      mustExist(found);
      if (became === 'parked') observe({ kind: 'parked' });
      if (became === 'failed') observe({ kind: 'failed', code: error.code, ...sinceAccepted(found) });
    },

    async sweep() {
      const ids = await tasks.overdue(now(), SWEEP_LIMIT);
      for (const id of ids) await putBack(id);
      return ids.length;
    },
  };

  async function putBack(id: string): Promise<void> {
    let after: ReturnType<typeof afterSilence> | undefined;
    const found = await tasks.update(id, now(), (task) => {
      // A report may have come between looking and locking.
      if (task.dueAt === null || task.dueAt > now()) return undefined;
      if (task.state === 'parked') return { state: 'waiting', progress: QUEUED, dueAt: null };
      if (task.state !== 'processing') return undefined;
      after = afterSilence(task.record.attempts, maxAttempts);
      if (after === 'waiting') return { state: 'waiting', progress: QUEUED, dueAt: null };
      const { progress } = task.record;
      return { state: 'failed', progress, error: after, dueAt: null, finishedAt: now() };
    });
    if (after === undefined || found === undefined) return;
    observe({ kind: 'lease-expired' });
    if (after !== 'waiting') observe({ kind: 'failed', code: after.code, ...sinceAccepted(found) });
  }

  function sinceAccepted({ isRedone, record }: QueuedTask): { afterMs?: number } {
    return isRedone ? {} : { afterMs: now() - Date.parse(record.createdAt) };
  }
}

function checkAttempt(task: QueuedTask, attempt: number): void {
  if (task.state === 'processing' && task.attempt === attempt) return;
  const detail = `Attempt ${attempt} does not have the task any more: it is ${task.state}, at attempt ${task.attempt}.`;
  throw new ProblemError('STALE_ATTEMPT', detail);
}

function mustExist(task: QueuedTask | undefined): asserts task is QueuedTask {
  if (task === undefined) throw new ProblemError('NOT_FOUND', 'There is no such task; it may have been deleted.');
}
