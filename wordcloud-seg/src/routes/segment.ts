/** `POST /segment`. */
import { segContract } from '@wordcloud/contracts';
import { route } from '@wordcloud/service-kit';
import type { FastifyInstance } from 'fastify';
import type { SegmentText } from '../domain/segment-text.ts';

export function segmentRoutes(app: FastifyInstance, segmentText: SegmentText): void {
  route(app, segContract, 'segment', async ({ body }, request) => {
    const { content, ...options } = body;
    return segmentText(content, options, request.context.signal);
  });
}
