/** Tasks of an owner. */
import { taskContract } from '@wordcloud/contracts';
import { type LongPoll, route } from '@wordcloud/service-kit';
import type { FastifyInstance } from 'fastify';
import type { Tasks } from '../domain/tasks.ts';

export function taskRoutes(app: FastifyInstance, tasks: Tasks, poll: LongPoll): void {
  route(app, taskContract, 'createTask', async ({ body }, request) => {
    const made = await tasks.create({ ...body, trace: body.trace ?? null });
    poll.notify();
    request.log.info({ taskId: made.task.id, created: made.created }, 'task accepted');
    return made;
  });
  route(app, taskContract, 'getTask', async ({ params, query }) => ({
    task: await tasks.get(params.taskId, query.ownerId),
  }));
  route(app, taskContract, 'listTasks', ({ query }) => tasks.list(query));
  route(app, taskContract, 'deleteTask', async ({ params, query }) => {
    await tasks.remove(params.taskId, query.ownerId);
    poll.notify();
    return undefined;
  });
  route(app, taskContract, 'retryTask', async ({ params, query, body }) => {
    const task = await tasks.retry(params.taskId, query.ownerId, body.options, body.trace ?? null);
    poll.notify();
    return { task };
  });
}
