/** The picture of a word cloud in every format. Only its owner gets it, through here. */
import { bffContract, type ImageFormat, ProblemError, type TaskRecord } from '@wordcloud/contracts';
import { route } from '@wordcloud/service-kit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { PictureFiles } from '../domain/picture-files.ts';
import type { TaskService } from '../domain/ports.ts';
import { titleWithoutEnding } from '../domain/title.ts';
import { userOf } from './authenticate.ts';
import { attach, isFresh } from './send-file.ts';

const TYPES: Record<ImageFormat, string> = {
  png: 'image/png',
  svg: 'image/svg+xml; charset=utf-8',
  pdf: 'application/pdf',
  webp: 'image/webp',
  html: 'text/html; charset=utf-8',
  json: 'application/json',
};

/** Nothing runs; an SVG may have its style, emoji and fonts in itself. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";
/**
 * The page holds a script. Should anything open it here in spite of being sent as a download, it has no origin, cannot reach out, and
 * runs only what its own policy, with the hashes of its one style and one script, lets through as well.
 */
const PAGE_POLICY =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-scripts";

export function imageRoutes(app: FastifyInstance, tasks: TaskService, files: PictureFiles): void {
  const taskOf = async (id: string, request: FastifyRequest): Promise<TaskRecord> => {
    const input = { params: { taskId: id }, query: { ownerId: userOf(request).id } };
    return (await tasks.getTask(input, request.context)).task;
  };

  route(app, bffContract, 'getImage', async ({ params, query }, request, reply) => {
    const { id, format } = params;
    const hasText = query.text === '1';
    if (hasText && format !== 'svg') {
      throw new ProblemError('INVALID_INPUT', `text: got 1 with ${format}; allowed is that only with svg.`);
    }
    const task = await taskOf(id, request);
    const { body, bytes, etag } = await files.open(task, hasText ? 'text.svg' : format, request.context);
    reply.header('content-security-policy', format === 'html' ? PAGE_POLICY : POLICY);
    if (format === 'html' || query.download === '1') attach(reply, `${titleWithoutEnding(task.title)}.${format}`);
    if (isFresh(request, reply, etag)) {
      body.destroy();
      return reply.code(304).send();
    }
    return reply.type(TYPES[format]).header('content-length', bytes).send(body);
  });

  route(app, bffContract, 'getPreview', async ({ params }, request, reply) => {
    const { body, bytes } = await files.openPreview(await taskOf(params.id, request), request.context.signal);
    // The next attempt has another one at the same address.
    reply.header('cache-control', 'no-store').header('content-security-policy', POLICY);
    return reply.type(TYPES.png).header('content-length', bytes).send(body);
  });
}
