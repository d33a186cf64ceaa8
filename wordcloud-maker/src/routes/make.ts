/** `POST /make`. */
import { makerContract } from '@wordcloud/contracts';
import { route } from '@wordcloud/service-kit';
import type { FastifyInstance } from 'fastify';
import type { MakeCloud } from '../domain/make-cloud.ts';

export function makeRoutes(app: FastifyInstance, makeCloud: MakeCloud): void {
  route(app, makerContract, 'make', async ({ body }, request) => {
    const reply = await makeCloud(body, request.context);
    request.log.info({ taskId: body.taskId, attempt: body.attempt, ...reply.stats }, 'made');
    return reply;
  });
}
