/** Accepting an upload: the text is stored, then the task is saved; from the 202 on nothing of it is lost. */
import type { Readable } from 'node:stream';
import { type CloudOptionsInput, DEFAULT_OPTIONS, isProblem, objectKeys, type TaskRecord } from '@wordcloud/contracts';
import type { CallContext, Objects, TaskService } from './ports.ts';
import { recordedTrace } from './recorded-trace.ts';

export interface NewCloud {
  id: string;
  ownerId: string;
  title: string;
  options: CloudOptionsInput;
  source: { bytes: number; encoding: string | null };
  hasMask: boolean;
  /** What a second text is called; null: there is none. */
  comparedWith: string | null;
  idempotencyKey: string | null;
}

export interface Uploads {
  /** A new task's id; its objects lie under it before the task exists. */
  newId(): string;
  storeText(id: string, body: Readable | Uint8Array, signal: AbortSignal): Promise<{ bytes: number }>;
  storeCompared(id: string, body: Readable, signal: AbortSignal): Promise<void>;
  storeMask(id: string, body: Uint8Array, contentType: string, signal: AbortSignal): Promise<void>;
  /** Removes what was stored for a task that was not made after all. */
  discard(id: string): Promise<void>;
  /** Saves the task. With an idempotency key that was used before: the task of then. */
  create(cloud: NewCloud, context: CallContext): Promise<TaskRecord>;
  /** The task as it is now. */
  read(task: TaskRecord, context: CallContext): Promise<TaskRecord>;
}

export function createUploads(objects: Objects, tasks: TaskService, newId: () => string): Uploads {
  const discard = (id: string) => objects.removeAll(objectKeys.prefix(id));
  return {
    newId,
    discard,
    storeText: (id, body, signal) => objects.write(objectKeys.source(id), body, 'application/octet-stream', signal),
    async storeCompared(id, body, signal) {
      await objects.write(objectKeys.compare(id), body, 'application/octet-stream', signal);
    },
    async storeMask(id, body, contentType, signal) {
      await objects.write(objectKeys.mask(id), body, contentType, signal);
    },
    async read({ id, ownerId }, context) {
      return (await tasks.getTask({ params: { taskId: id }, query: { ownerId } }, context)).task;
    },
    async create(cloud, context) {
      const { id, ownerId, title, source, hasMask, comparedWith, idempotencyKey } = cloud;
      const body = {
        id,
        ownerId,
        title,
        options: { ...DEFAULT_OPTIONS, ...cloud.options },
        source: { key: objectKeys.source(id), ...source },
        maskKey: hasMask ? objectKeys.mask(id) : null,
        ...(comparedWith !== null && { compare: { key: objectKeys.compare(id), title: comparedWith } }),
        idempotencyKey,
        ...recordedTrace(context),
      };
      try {
        const { task, created } = await createWithRepetition(tasks, body, context);
        if (!created && task.id !== id) await discard(id);
        return task;
      } catch (error) {
        // An answer that got lost may have been a yes: then the task exists and needs its objects.
        const certainlyNotMade = isProblem(error) && (error.status < 500 || !error.sent);
        if (certainlyNotMade) await discard(id).catch(() => {});
        throw error;
      }
    },
  };
}

/** Saving the same id twice is saving it once, so a lost answer is asked for again. */
async function createWithRepetition(
  tasks: TaskService,
  body: Parameters<TaskService['createTask']>[0]['body'],
  context: CallContext,
) {
  try {
    return await tasks.createTask({ body }, context);
  } catch (error) {
    if (!isProblem(error, 'UNAVAILABLE')) throw error;
    return tasks.createTask({ body }, context);
  }
}
