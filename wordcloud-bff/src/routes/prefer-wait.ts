/** `Prefer: wait=N` (RFC 7240): the client would rather wait than ask again. */
import { ProblemError, type TaskRecord } from '@wordcloud/contracts';
import type { FastifyRequest } from 'fastify';
import type { EventHub } from '../domain/event-hub.ts';

/** Longer than this nobody is kept waiting; the answer is then 202 as without the header. */
const MOST_WAIT_SECONDS = 60;

/** @returns milliseconds; 0 where nothing was asked */
export function preferredWaitMs(request: FastifyRequest): number {
  const [, seconds] = /(?:^|[,;\s])wait=("?)(\d{1,9})\1/.exec(String(request.headers.prefer ?? ''))?.slice(1) ?? [];
  return Math.min(Number(seconds ?? 0), MOST_WAIT_SECONDS) * 1000;
}

const isFinished = (task: TaskRecord) => task.status === 'succeeded' || task.status === 'failed';

/**
 * @param reread reads the task once more: what happened between its creation and the listening was heard by nobody
 * @returns the finished task, or undefined when it is not finished in time
 * @throws ProblemError NOT_FOUND when it is deleted meanwhile; the signal's reason when it aborts
 */
export async function waitUntilFinished(
  hub: EventHub,
  task: TaskRecord,
  waitMs: number,
  signal: AbortSignal,
  reread: () => Promise<TaskRecord>,
): Promise<TaskRecord | undefined> {
  if (isFinished(task) && waitMs > 0) return task;
  if (waitMs === 0) return undefined;
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      unsubscribe();
      signal.removeEventListener('abort', onAbort);
    };
    const end = (finished?: TaskRecord) => {
      stop();
      resolve(finished);
    };
    const fail = (reason: unknown) => {
      stop();
      reject(reason);
    };
    const onAbort = () => fail(signal.reason);
    const timer = setTimeout(end, waitMs);
    const unsubscribe = hub.subscribe(task.ownerId, (change) => {
      if (change.taskId !== task.id) return;
      if (change.task === null) {
        fail(new ProblemError('NOT_FOUND', 'The word cloud was deleted meanwhile.'));
      } else if (isFinished(change.task)) end(change.task);
    });
    signal.addEventListener('abort', onAbort, { once: true });
    // Where reading fails, the feed still tells.
    reread().then(
      (now) => isFinished(now) && end(now),
      () => {},
    );
  });
}
