/** `GET /api/system`: what the System page shows. */
import { bffContract, type SystemView } from '@wordcloud/contracts';
import { route } from '@wordcloud/service-kit';
import type { FastifyInstance } from 'fastify';

export function systemRoutes(app: FastifyInstance, viewSystem: () => SystemView): void {
  route(app, bffContract, 'getSystem', async () => viewSystem());
}
