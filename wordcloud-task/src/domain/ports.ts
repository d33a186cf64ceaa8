/** What the queue needs from its storage. Each method is one transaction, and tells the change feed what it changed. */
import type { CloudOptions, Progress, TaskChange, TaskError, TaskRecord, TaskStatus } from '@wordcloud/contracts';
import type { State } from './task-state.ts';

export interface NewTask {
  id: string;
  ownerId: string;
  title: string;
  options: CloudOptions;
  source: { key: string; bytes: number; encoding: string | null };
  maskKey: string | null;
  /** A second text. */
  compare?: { key: string; title: string };
  idempotencyKey: string | null;
  /** The recorded request that makes it, as `traceparent`. */
  trace: string | null;
}

/** A task with what only this service knows of it. */
export interface QueuedTask {
  record: TaskRecord;
  state: State;
  /** Number of the last lease. */
  attempt: number;
  /** When the lease or the pause ends. */
  dueAt: number | null;
  /** The recorded request that asked for the making, as `traceparent`. */
  trace: string | null;
  /** Its owner has had it made once more: how long ago it came says nothing any more. */
  isRedone: boolean;
}

/** The fields that a transition may set. */
export interface TaskUpdate {
  state: State;
  progress: Progress;
  attempts?: number;
  /** When the lease or the pause ends; null while neither runs. */
  dueAt: number | null;
  error?: TaskError | null;
  result?: TaskRecord['result'];
  stats?: TaskRecord['stats'];
  lang?: string | null;
  encoding?: string | null;
  options?: CloudOptions;
  finishedAt?: number | null;
  trace?: string | null;
  previewKey?: string;
  /** Go to the end of the queue. */
  requeue?: boolean;
}

export interface TaskFilter {
  ownerId: string;
  page: number;
  pageSize: number;
  status?: TaskStatus;
  q?: string;
}

export interface TaskRepository {
  /** Inserts, or gives the task that the id or the idempotency key already stands for. */
  insert(task: NewTask, now: number, keysExpireBefore: number): Promise<{ task: TaskRecord; created: boolean }>;
  find(id: string): Promise<QueuedTask | undefined>;
  list(filter: TaskFilter): Promise<{ items: TaskRecord[]; total: number }>;
  /** @returns false when there is no such task of this owner */
  remove(id: string, ownerId: string, now: number): Promise<boolean>;
  /** Leases the oldest waiting tasks; never one that another dispatcher gets at the same time. */
  lease(limit: number, now: number, dueAt: number): Promise<QueuedTask[]>;
  /**
   * Reads a task under lock, decides, and writes: nothing else can change it in between.
   *
   * @param decide returns what to change, or undefined to leave it as it is; may throw
   */
  update(
    id: string,
    now: number,
    decide: (task: QueuedTask) => TaskUpdate | undefined,
  ): Promise<QueuedTask | undefined>;
  /** Ids of tasks whose lease or pause is over. */
  overdue(now: number, limit: number): Promise<string[]>;
  changes(after: number, ownerId: string | undefined, limit: number): Promise<ChangePage>;
  /** The number of the last change. */
  lastChange(): Promise<number>;
  /** Forgets changes made before a moment. */
  forgetChanges(before: number): Promise<void>;
  /** For metrics: tasks by state, and since when the oldest waits. */
  census(): Promise<{ byState: Record<string, number>; oldestWaiting: number | undefined }>;
}

export interface ChangePage {
  changes: TaskChange[];
  cursor: number;
  gap: boolean;
}
