/** The files of a word cloud: pictures, words, source. Only their owner gets them, through here. */
import { text as readText } from 'node:stream/consumers';
import { bffContract, ProblemError, type TaskRecord, type WordRow } from '@wordcloud/contracts';
import { route } from '@wordcloud/service-kit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Objects, TaskService } from '../domain/ports.ts';
import { wordsToCsv } from '../domain/words-csv.ts';
import { userOf } from './authenticate.ts';

const IMAGE_TYPES = { png: 'image/png', svg: 'image/svg+xml; charset=utf-8' } as const;

export function fileRoutes(app: FastifyInstance, tasks: TaskService, objects: Objects): void {
  const taskOf = async (id: string, request: FastifyRequest): Promise<TaskRecord> => {
    const input = { params: { taskId: id }, query: { ownerId: userOf(request).id } };
    return (await tasks.getTask(input, request.context)).task;
  };

  route(app, bffContract, 'getImage', async ({ params, query }, request, reply) => {
    const task = await taskOf(params.id, request);
    const { body, bytes, etag } = await objects.read(finishedResult(task)[params.format], request.context.signal);
    reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; img-src data:");
    if (query.download === '1') attach(reply, `${baseName(task.title)}.${params.format}`);
    if (isFresh(request, reply, etag)) {
      body.destroy();
      return reply.code(304).send();
    }
    return reply.type(IMAGE_TYPES[params.format]).header('content-length', bytes).send(body);
  });

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
    attach(reply, `${baseName(task.title)}.csv`);
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

function finishedResult(task: TaskRecord): NonNullable<TaskRecord['result']> {
  if (task.result !== null) return task.result;
  const why = task.status === 'failed' ? `it failed: ${task.error?.detail ?? ''}` : `it is ${task.status}`;
  throw new ProblemError('NOT_READY', `There is no picture yet; ${why}.`, {
    ...(task.status !== 'failed' && { retryAfterSeconds: 1 }),
  });
}

/** Sets the ETag; true when the client has this version already. */
function isFresh(request: FastifyRequest, reply: FastifyReply, etag: string): boolean {
  const tag = `"${etag.replaceAll('"', '')}"`;
  reply.header('etag', tag);
  const known = request.headers['if-none-match'];
  return (
    known !== undefined &&
    (known.trim() === '*' || known.split(',').some((item) => item.trim().replace(/^W\//, '') === tag))
  );
}

/** The title without the ending of a text file. */
const baseName = (title: string) => title.replace(/\.(txt|text|md)$/i, '') || 'wordcloud';

/** RFC 6266: a plain name for old clients, the real one in UTF-8. */
function attach(reply: FastifyReply, name: string): void {
  const plain = name.replace(/[^\x20-\x7e]|["\\%/]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  reply.header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`);
}
