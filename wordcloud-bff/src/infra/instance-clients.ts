import { instanceContract, ProblemError, type ServiceName } from '@wordcloud/contracts';
import { type Client, createClient, createFixedChannel } from '@wordcloud/rpc';
import type { Network } from '@wordcloud/service-kit';

type Discovery = Network['discovery'];
type ServiceInstance = ReturnType<Discovery['instances']>[number];

export type InstanceClient = Client<ReturnType<typeof instanceContract>>;

/** Services whose instances answer `instanceContract`. */
const INTERNAL: readonly string[] = ['wordcloud-user', 'wordcloud-task', 'wordcloud-seg', 'wordcloud-maker'];

/** Clients of single instances, where it matters which one answers. */
export interface InstanceClients {
  /** Those that registries know, of internal services. */
  instances(): ServiceInstance[];
  /** @throws ProblemError NO_INSTANCE when no registry knows it */
  of(id: string): InstanceClient;
  close(): Promise<void>;
}

export function createInstanceClients(discovery: Discovery, serviceToken: string): InstanceClients {
  const clients = new Map<string, { baseUrl: string; client: InstanceClient }>();
  const instances = () => discovery.instances().filter(({ service }) => INTERNAL.includes(service));
  const forget = ({ id }: ServiceInstance) => {
    void clients.get(id)?.client.close();
    clients.delete(id);
  };
  const onChange = (change: 'added' | 'changed' | 'removed', instance: ServiceInstance) => {
    if (change === 'removed' || clients.get(instance.id)?.baseUrl !== instance.baseUrl) forget(instance);
  };
  discovery.on('change', onChange);

  return {
    instances,
    of(id) {
      const instance = instances().find((one) => one.id === id);
      if (instance === undefined) throw new ProblemError('NO_INSTANCE', `No registry knows ${id}.`, { sent: false });
      const known = clients.get(id);
      if (known) return known.client;
      const { service, baseUrl } = instance;
      // Each question is asked once, and whether one failed says nothing about the next.
      const channel = createFixedChannel(service, {
        ...{ origin: baseUrl, attempts: 1, connections: 2, connectTimeoutMs: 300 },
        breaker: { minimumCalls: Number.MAX_SAFE_INTEGER },
      });
      const client = createClient(instanceContract(service as ServiceName), channel, { serviceToken });
      clients.set(id, { baseUrl, client });
      return client;
    },
    async close() {
      discovery.off('change', onChange);
      await Promise.all([...clients.values()].map(({ client }) => client.close()));
    },
  };
}
