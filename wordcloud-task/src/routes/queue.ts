/** The queue for dispatchers and makers, and the change feed for every bff. */
import { taskContract } from '@wordcloud/contracts';
import { type LongPoll, route } from '@wordcloud/service-kit';
import type { FastifyInstance } from 'fastify';
import type { TaskRepository } from '../domain/ports.ts';
import type { Queue } from '../domain/queue.ts';

export function queueRoutes(app: FastifyInstance, queue: Queue, tasks: TaskRepository, poll: LongPoll): void {
  route(app, taskContract, 'leaseTasks', async ({ body }, request) => {
    const { limit, waitMs, dispatcher } = body;
    const { signal } = request.context;
    const leases = await poll.until(
      () => queue.lease(limit),
      (found) => found.length > 0,
      waitMs,
      signal,
    );
    if (leases.length === 0) return { leases, leaseMs: queue.leaseMs };
    const taskIds = leases.map(({ task }) => task.id);
    if (signal.aborted) {
      for (const { task, attempt } of leases) await queue.giveBack(task.id, attempt);
      poll.notify();
      request.log.info({ dispatcher, taskIds }, 'given back: the dispatcher has gone');
      return { leases: [], leaseMs: queue.leaseMs };
    }
    poll.notify();
    request.log.info({ dispatcher, taskIds }, 'leased');
    return { leases, leaseMs: queue.leaseMs };
  });

  route(app, taskContract, 'reportProgress', async ({ params, body }) => {
    await queue.reportProgress(params.taskId, params.attempt, body.progress, body.previewKey);
    poll.notify();
    return undefined;
  });

  route(app, taskContract, 'completeTask', async ({ params, body }) => {
    const result = { ...body.result, layout: body.result.layout ?? null };
    await queue.succeed(params.taskId, params.attempt, { ...body, result });
    poll.notify();
    return undefined;
  });

  route(app, taskContract, 'failTask', async ({ params, body }) => {
    await queue.fail(params.taskId, params.attempt, body.error, body.retry);
    poll.notify();
    return undefined;
  });

  route(app, taskContract, 'listChanges', async ({ query }, request) => {
    const { after, ownerId, limit, waitMs } = query;
    if (after === undefined) return { changes: [], cursor: await tasks.lastChange(), gap: false };
    const read = () => tasks.changes(after, ownerId, limit);
    return poll.until(read, ({ changes, gap }) => changes.length > 0 || gap, waitMs, request.context.signal);
  });
}
