/** `/api/system`: what the System page shows, and the faults that it injects. */
import { bffContract, type SystemView } from '@wordcloud/contracts';
import { route } from '@wordcloud/service-kit';
import type { FastifyInstance } from 'fastify';
import type { FaultInjection } from '../domain/fault-injection.ts';

export interface SystemParts {
  viewSystem: () => Promise<SystemView>;
  faults: FaultInjection;
}

export function systemRoutes(app: FastifyInstance, { viewSystem, faults }: SystemParts): void {
  route(app, bffContract, 'getSystem', viewSystem);
  route(app, bffContract, 'injectFault', async ({ body }, request) => {
    const { instance, ...fault } = body;
    request.log.warn({ instance, fault, user: request.claims?.sub }, 'a fault is injected for a demonstration');
    await faults.inject(instance, fault);
    return undefined;
  });
  route(app, bffContract, 'healFaults', async () => {
    await faults.heal();
    return undefined;
  });
}
