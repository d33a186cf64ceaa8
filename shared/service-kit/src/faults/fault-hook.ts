import { setTimeout as pause } from 'node:timers/promises';
import { isProblem, ProblemError } from '@wordcloud/contracts';
import type { FastifyInstance } from 'fastify';
import type { Faults } from './faults.ts';

/** Probes, pages and what heals again must work whatever is wrong. */
const EXCEPT = /^\/(healthz|readyz|go-doudou|faults|links)(\/|$)/;

/** Lets the faults happen: requests wait before their handler, or fail instead of it. */
export function useFaults(app: FastifyInstance, faults: Pick<Faults, 'delayMs' | 'fails'>): void {
  app.addHook('preHandler', async (request, reply) => {
    const { url } = request.routeOptions;
    if (url === undefined || EXCEPT.test(url)) return;
    const ms = faults.delayMs();
    if (ms > 0) {
      const { signal } = request.context;
      await pause(ms, undefined, { signal }).catch(() => {});
      if (signal.aborted) {
        if (isProblem(signal.reason)) throw signal.reason;
        // The caller has gone: there is nobody to answer.
        reply.hijack();
        return;
      }
    }
    if (faults.fails()) throw new ProblemError('INTERNAL', 'A fault that was injected for a demonstration.');
  });
}
