import type { FaultTargets } from '../domain/fault-injection.ts';
import type { InstanceClients } from './instance-clients.ts';

/** The instances of internal services, called directly: it matters which one is harmed. */
export function createFaultTargets(clients: InstanceClients): FaultTargets {
  return {
    ids: () => clients.instances().map(({ id }) => id),
    async inject(id, body) {
      await clients.of(id).injectFault({ body });
    },
    heal: (id) => clients.of(id).healFaults({}),
  };
}
