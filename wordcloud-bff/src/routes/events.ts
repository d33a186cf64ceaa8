/** `GET /api/events`: the changes of the user's tasks as server-sent events. */
import { Readable } from 'node:stream';
import { bffContract, ProblemError } from '@wordcloud/contracts';
import { route } from '@wordcloud/service-kit';
import type { FastifyInstance } from 'fastify';
import type { EventHub } from '../domain/event-hub.ts';
import type { TaskService } from '../domain/ports.ts';
import type { RevocationList } from '../domain/revocations.ts';
import { type TaskEvent, taskEvents } from '../domain/task-events.ts';
import { toTask } from '../domain/task-view.ts';
import { userOf } from './authenticate.ts';

/** A comment this often tells proxies and pages that the line is alive. */
const IDLE_MS = 15_000;

/** @returns how many streams are open */
export function eventRoutes(
  app: FastifyInstance,
  tasks: TaskService,
  hub: EventHub,
  revocations: RevocationList,
): () => number {
  const open = new Set<AbortController>();
  // An open stream would keep the server from closing.
  app.addHook('preClose', async () => {
    for (const stream of open) stream.abort();
  });

  route(app, bffContract, 'getEvents', async (_input, request, reply) => {
    const after = lastEventId(request.headers['last-event-id']);
    const controller = new AbortController();
    open.add(controller);
    const stop = () => controller.abort();
    request.context.signal.addEventListener('abort', stop);
    const forget = revocations.onRevoked(request.claims!.sid, stop);
    const { requestId } = request.context;

    async function* lines(): AsyncGenerator<string> {
      try {
        // The first bytes at once, so that the client knows it is connected.
        yield 'retry: 1000\n\n';
        const options = {
          ownerId: userOf(request).id,
          after,
          idleMs: IDLE_MS,
          signal: controller.signal,
          context: { requestId },
        };
        for await (const event of taskEvents(hub, tasks, options)) yield toLines(event);
      } finally {
        open.delete(controller);
        forget();
      }
    }
    return reply
      .header('cache-control', 'no-cache, no-transform')
      .header('x-accel-buffering', 'no')
      .type('text/event-stream; charset=utf-8')
      .send(Readable.from(lines()));
  });
  return () => open.size;
}

function toLines(event: TaskEvent): string {
  if (event.kind === 'idle') return ': still here\n\n';
  if (event.kind === 'gap') return `id: ${event.cursor}\nevent: reset\ndata: {}\n\n`;
  const { cursor, taskId, task } = event.change;
  const [name, data] = task === null ? ['deleted', { id: taskId }] : ['task', toTask(task)];
  return `id: ${cursor}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

function lastEventId(header: string | string[] | undefined): number | undefined {
  if (header === undefined || header === '') return undefined;
  const id = Number(header);
  if (Number.isSafeInteger(id) && id >= 0) return id;
  throw new ProblemError(
    'INVALID_INPUT',
    `Last-Event-ID: got ${JSON.stringify(header)}; allowed is an id of this stream.`,
  );
}
