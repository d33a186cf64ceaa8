/** What an instance of an internal service answers besides its contract, see `instanceContract`. */
import { type Contract, type InstanceLink, instanceContract } from '@wordcloud/contracts';
import type { ChannelState } from '@wordcloud/rpc';
import type { FastifyInstance } from 'fastify';
import { route } from '../route.ts';
import { requireServiceToken } from '../service-auth.ts';
import { useFaults } from './fault-hook.ts';
import type { Faults } from './faults.ts';

export interface InstanceRoutesOptions {
  serviceToken: string;
  /** State of the clients of this process. */
  channels: () => ChannelState[];
  /** Left out: no faults can be injected. */
  faults?: Faults;
  /** Ends the process; default: SIGTERM to itself. */
  stop?: () => void;
}

/** Asks nothing of the app but that no route exists yet: its hook is for all of them. */
export async function useInstanceRoutes(
  app: FastifyInstance,
  { service }: Contract,
  options: InstanceRoutesOptions,
): Promise<void> {
  const { serviceToken, channels, faults, stop = () => process.kill(process.pid, 'SIGTERM') } = options;
  const contract = instanceContract(service);
  if (faults) useFaults(app, faults);
  await app.register(async (routes) => {
    routes.addHook('onRequest', requireServiceToken(serviceToken));
    route(routes, contract, 'getLinks', async () => ({ links: channels().flatMap(linksOf) }));
    if (faults === undefined) return;
    route(routes, contract, 'getFaults', async () => ({ active: faults.active() }));
    route(routes, contract, 'injectFault', async ({ body }, _request, reply) => {
      faults.inject(body);
      if (body.kind === 'stop') reply.raw.once('finish', stop);
      return { active: faults.active() };
    });
    route(routes, contract, 'healFaults', async () => {
      faults.heal();
      return undefined;
    });
  });
}

/** The calls of one client, for each instance that it knows. */
export function linksOf({ service, instances }: ChannelState): InstanceLink[] {
  return instances.map(({ id, breaker, inFlight, calls, faults, latencyMs }) => {
    const { p50 = null, p95 = null, p99 = null } = latencyMs;
    return { to: id, service, breaker, inFlight, calls, faults, latencyMs: { p50, p95, p99 } };
  });
}
