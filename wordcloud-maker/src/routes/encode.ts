/** `POST /encode`. */
import { makerContract } from '@wordcloud/contracts';
import { route } from '@wordcloud/service-kit';
import type { FastifyInstance } from 'fastify';
import type { EncodePicture } from '../domain/encode-picture.ts';

export function encodeRoutes(app: FastifyInstance, encodePicture: EncodePicture): void {
  route(app, makerContract, 'encode', async ({ body }, request) => {
    await encodePicture(body, request.context);
    request.log.info({ taskId: body.taskId, format: body.format }, 'encoded');
    return undefined;
  });
}
