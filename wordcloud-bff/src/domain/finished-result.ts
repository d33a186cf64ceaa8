import { ProblemError, type TaskRecord } from '@wordcloud/contracts';

/** @throws ProblemError NOT_READY, saying why there is none */
export function finishedResult(task: TaskRecord): NonNullable<TaskRecord['result']> {
  if (task.result !== null) return task.result;
  const why = task.status === 'failed' ? `it failed: ${task.error?.detail ?? ''}` : `it is ${task.status}`;
  throw new ProblemError('NOT_READY', `There is no picture yet; ${why}.`, {
    ...(task.status !== 'failed' && { retryAfterSeconds: 1 }),
  });
}
