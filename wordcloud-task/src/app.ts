/** The app: routes and everything around them, wired; no I/O of its own. */
import { taskContract } from '@wordcloud/contracts';
import {
  type App,
  type AppOptions,
  createApp,
  createLongPoll,
  type LongPoll,
  type ProcessAppOptions,
  requireServiceToken,
} from '@wordcloud/service-kit';
import type { TaskRepository } from './domain/ports.ts';
import { createQueue, type Queue, type QueueDependencies } from './domain/queue.ts';
import { createTasks } from './domain/tasks.ts';
import { queueRoutes } from './routes/queue.ts';
import { taskRoutes } from './routes/tasks.ts';

export interface AppDependencies extends ProcessAppOptions, Pick<AppOptions, 'checks'>, QueueDependencies {
  tasks: TaskRepository;
  serviceToken: string;
}

/** Also gives the queue and the long poll, for the sweeping that the process does. */
export async function buildApp(deps: AppDependencies): Promise<App & { queue: Queue; poll: LongPoll }> {
  const { serviceToken, logger, metrics, tracing, management, instance, rootPath, checks, ...parts } = deps;
  const app = await createApp({
    contract: taskContract,
    logger,
    metrics,
    checks,
    // Stop words and all, options stay below this.
    bodyLimit: 2 * 1024 * 1024,
    ...(management && { management }),
    ...(instance && { instance }),
    ...(rootPath && { rootPath }),
    ...(tracing && { tracing }),
  });
  const queue = createQueue(parts);
  const poll = createLongPoll(app.server);
  await app.server.register(async (routes) => {
    routes.addHook('onRequest', requireServiceToken(serviceToken));
    taskRoutes(routes, createTasks(parts.tasks, parts.now), poll);
    queueRoutes(routes, queue, parts.tasks, poll);
  });
  return { ...app, queue, poll };
}
