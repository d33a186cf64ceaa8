import { Memberlist, MemberlistError, type MemberlistOptions, type Node } from 'gossip-memberlist';
import type { Driver } from '../driver.ts';
import type { ServiceInstance } from '../instance.ts';
import { type AnnouncedService, decodeServices, encodeServices } from './service-metadata.ts';

/**
 * Starts a gossip node and makes it a registry.
 *
 * @throws MemberlistError when an option is wrong, the port is taken, or the node itself is outside the networks that are allowed
 */
export async function openMemberlistDriver(options: MemberlistOptions): Promise<Driver> {
  const node = await Memberlist.create(options);
  if (node.self === undefined) {
    await node.close();
    const allowed = options.allowedCidrs?.join(', ');
    // It would see nobody, not even itself, and nobody would see it.
    throw new MemberlistError(
      'BAD_OPTION',
      `the networks allowed, ${allowed}, do not hold the address of this node itself`,
    );
  }
  return createMemberlistDriver(node);
}

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
      // As of the change that is told, not of now: who is gone by now has its own change, which says how, still to come.
      let members: Map<string, Node> | undefined;
      const instances = () => [...members!.values()].flatMap(instancesOf);
      for await (const { type, node: changed } of node.watch({ signal })) {
        members ??= new Map(node.members().map((member) => [member.name, member]));
        members.set(changed.name, changed);
        if (type === 'leave') {
          // Who leaves by its own will finishes what it has in hand; who failed does not. So the last that is seen of it says which.
          if (changed.state === 'left') yield instances();
          members.delete(changed.name);
        }
        yield instances();
      }
    },
    async leave() {
      await node.leave();
    },
    state: () => ({ name: node.name, address: `${node.bound.address}:${node.bound.port}`, ...node.stats() }),
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
      status: statusOf(node, announced),
      data,
      mode: 'memberlist',
    };
  });
}

function statusOf({ state }: Node, { draining }: AnnouncedService): ServiceInstance['status'] {
  if (state === 'left' || draining) return 'draining';
  return state === 'suspect' ? 'suspect' : 'up';
}
