/** Reading, repeating and deleting word clouds. */
import { bffContract, objectKeys } from '@wordcloud/contracts';
import { route } from '@wordcloud/service-kit';
import type { FastifyInstance } from 'fastify';
import type { Objects, TaskService } from '../domain/ports.ts';
import { recordedTrace } from '../domain/recorded-trace.ts';
import { toTask } from '../domain/task-view.ts';
import { userOf } from './authenticate.ts';

export function cloudRoutes(app: FastifyInstance, tasks: TaskService, objects: Objects): void {
  route(app, bffContract, 'listClouds', async ({ query }, request) => {
    const page = await tasks.listTasks({ query: { ...query, ownerId: userOf(request).id } }, request.context);
    return { ...page, items: page.items.map(toTask) };
  });

  route(app, bffContract, 'getCloud', async ({ params }, request) => {
    const input = { params: { taskId: params.id }, query: { ownerId: userOf(request).id } };
    return { task: toTask((await tasks.getTask(input, request.context)).task) };
  });

  route(app, bffContract, 'retryCloud', async ({ params, body }, request, reply) => {
    const input = {
      params: { taskId: params.id },
      query: { ownerId: userOf(request).id },
      body: { options: body ?? {}, ...recordedTrace(request.context) },
    };
    const { task } = await tasks.retryTask(input, request.context);
    reply.header('location', `/api/wordclouds/${task.id}`);
    return { task: toTask(task) };
  });

  route(app, bffContract, 'deleteCloud', async ({ params }, request) => {
    const input = { params: { taskId: params.id }, query: { ownerId: userOf(request).id } };
    await tasks.deleteTask(input, request.context);
    // The task is gone for its owner; should the objects stay, that is worth a line, not an error.
    await objects.removeAll(objectKeys.prefix(params.id)).catch((error: unknown) => {
      request.log.error({ err: error, taskId: params.id }, 'the objects of a deleted task could not be removed');
    });
    return undefined;
  });
}
