import type { Memberlist, Node } from 'gossip-memberlist';
import type { Driver } from '../driver.ts';
import type { ServiceInstance } from '../instance.ts';
import { type AnnouncedService, decodeServices, encodeServices } from './service-metadata.ts';

/**
 * Services in the metadata of gossip nodes. Nothing must be renewed: the gossip itself finds out who has failed. A node may stand for
 * several services.
 *
 * @param node belongs to the driver from then on: closing it leaves the cluster, so that the others know within a moment
 */
export function createMemberlistDriver(node: Memberlist): Driver {
  let own: AnnouncedService[] = [];
  const replace = async (old: AnnouncedService | undefined, next: AnnouncedService | undefined) => {
    own = [...own.filter((service) => service !== old), ...(next ? [next] : [])];
    await node.updateMeta(encodeServices(own));
  };
  return {
    mode: 'memberlist',
    async register(service) {
      let current: AnnouncedService = service;
      await replace(undefined, current);
      return {
        async update(changes) {
          const next = { ...current, ...changes };
          await replace(current, next);
          current = next;
        },
        remove: () => replace(current, undefined),
      };
    },
    async *watch(signal) {
      for await (const _change of node.watch({ signal })) yield node.members().flatMap(instancesOf);
    },
    async close() {
      await node.leave().catch(() => {});
      await node.close();
    },
  };
}

function instancesOf(node: Node): ServiceInstance[] {
  return decodeServices(node.meta).map((announced): ServiceInstance => {
    const {
      service,
      host = node.address,
      port,
      rootPath = '',
      version,
      weight = 1,
      zone = '',
      startedAt,
      data = {},
    } = announced;
    const authority = host.includes(':') ? `[${host}]` : host;
    return {
      id: `${node.name}/${service}`,
      service,
      baseUrl: `http://${authority}:${port}${rootPath}`,
      version,
      // The node's own weight is for all of its services.
      weight: weight * node.weight,
      zone,
      startedAt,
      status: node.state === 'suspect' ? 'suspect' : announced.draining ? 'draining' : 'up',
      data,
      mode: 'memberlist',
    };
  });
}
