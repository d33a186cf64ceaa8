/** Words and source of a word cloud. Only their owner gets them, through here. */
import { text as readText } from 'node:stream/consumers';
import { bffContract, type TaskRecord, type WordRow } from '@wordcloud/contracts';
import { route } from '@wordcloud/service-kit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { finishedResult } from '../domain/finished-result.ts';
import type { Objects, TaskService } from '../domain/ports.ts';
import { titleWithoutEnding } from '../domain/title.ts';
import { wordsToCsv } from '../domain/words-csv.ts';
import { userOf } from './authenticate.ts';
import { attach, isFresh } from './send-file.ts';

export function fileRoutes(app: FastifyInstance, tasks: TaskService, objects: Objects): void {
  const taskOf = async (id: string, request: FastifyRequest): Promise<TaskRecord> => {
    const input = { params: { taskId: id }, query: { ownerId: userOf(request).id } };
    return (await tasks.getTask(input, request.context)).task;
  };

  route(app, bffContract, 'getWords', async ({ params }, request, reply) => {
    const task = await taskOf(params.id, request);
    const { body, bytes, etag } = await objects.read(finishedResult(task).words, request.context.signal);
    const wantsCsv = /\btext\/csv\b/.test(request.headers.accept ?? '');
    reply.header('vary', 'accept');
    if (isFresh(request, reply, wantsCsv ? `${etag}-csv` : etag)) {
      body.destroy();
      return reply.code(304).send();
    }
    if (!wantsCsv) return reply.type('application/json').header('content-length', bytes).send(body);
    const rows = JSON.parse(await readText(body)) as WordRow[];
    attach(reply, `${titleWithoutEnding(task.title)}.csv`);
    return reply.type('text/csv; charset=utf-8').send(wordsToCsv(rows));
  });

  route(app, bffContract, 'getSource', async ({ params }, request, reply) => {
    const task = await taskOf(params.id, request);
    const { body, bytes } = await objects.read(task.sourceKey, request.context.signal);
    attach(reply, task.title);
    // Never as HTML or whatever a browser may guess: it is somebody's upload.
    const charset = task.source.encoding === null ? '' : `; charset=${task.source.encoding}`;
    return reply
      .type(`text/plain${charset}`)
      .header('x-content-type-options', 'nosniff')
      .header('content-length', bytes)
      .send(body);
  });
}
