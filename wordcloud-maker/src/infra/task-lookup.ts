/** Asks the task service whether a task is still there. */
import { isProblem, type taskContract } from '@wordcloud/contracts';
import type { Client } from '@wordcloud/rpc';
import type { TaskExists } from '../domain/encode-picture.ts';

export function createTaskLookup(tasks: Client<typeof taskContract>): TaskExists {
  return async (taskId, ownerId, { requestId }) => {
    try {
      await tasks.getTask({ params: { taskId }, query: { ownerId } }, { requestId });
      return true;
    } catch (error) {
      if (isProblem(error, 'NOT_FOUND')) return false;
      throw error;
    }
  };
}
