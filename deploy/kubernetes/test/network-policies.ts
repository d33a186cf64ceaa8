/** Network policies: do they mean something that is there, and who may call whom? */
import {
  type Having,
  type KubeObject,
  type Labels,
  nameOf,
  ofKind,
  portOf,
  type Selector,
  selectedBy,
  selects,
} from './kube-objects.ts';

interface Peer {
  podSelector?: Selector;
  namespaceSelector?: Selector;
  ipBlock?: { cidr: string };
}

interface Rule {
  from?: Peer[];
  to?: Peer[];
  ports: { port: number | string; protocol: string }[];
}

type NetworkPolicy = Having<{
  podSelector: Selector;
  policyTypes: ('Ingress' | 'Egress')[];
  ingress?: Rule[];
  egress?: Rule[];
}>;

const isOwn = ({ namespaceSelector, ipBlock }: Peer) => !namespaceSelector && !ipBlock;

/** @returns a sentence for each policy that means nothing */
export function checkPolicies(objects: readonly KubeObject[]): string[] {
  const policies = ofKind<NetworkPolicy>(objects, 'NetworkPolicy');
  const isDenied = policies.some(
    ({ spec }) =>
      Object.keys(spec.podSelector).length === 0 && spec.policyTypes.length === 2 && !spec.ingress && !spec.egress,
  );
  return [
    ...(isDenied ? [] : ['no NetworkPolicy denies what no other allows']),
    ...policies.flatMap((policy) => checkPolicy(objects, policy).map((problem) => `${nameOf(policy)}: ${problem}`)),
  ];
}

function checkPolicy(objects: readonly KubeObject[], { spec }: NetworkPolicy): string[] {
  const own = selectedBy(objects, spec.podSelector);
  const rules = (side: 'Ingress' | 'Egress') => (side === 'Ingress' ? spec.ingress : spec.egress) ?? [];
  const peersOf = ({ from, to }: Rule) => (from ?? to ?? []).filter(isOwn);
  const lacking = (workloads: typeof own, { ports }: Rule) =>
    ports.flatMap(({ port, protocol }) =>
      workloads
        .filter((workload) => portOf(workload, port, protocol) === undefined)
        .map((workload) => `${nameOf(workload)} has no port ${port} ${protocol}`),
    );
  return [
    ...(own.length > 0 ? [] : ['its podSelector means no pods']),
    ...(['Ingress', 'Egress'] as const)
      .filter((side) => rules(side).length > 0 && !spec.policyTypes.includes(side))
      .map((side) => `its policyTypes lack ${side}`),
    ...[...rules('Ingress'), ...rules('Egress')]
      .flatMap(peersOf)
      .filter(({ podSelector = {} }) => selectedBy(objects, podSelector).length === 0)
      .map(({ podSelector }) => `a peer means no pods: ${JSON.stringify(podSelector)}`),
    ...rules('Ingress').flatMap((rule) => lacking(own, rule)),
    ...rules('Egress').flatMap((rule) =>
      peersOf(rule).flatMap(({ podSelector = {} }) => lacking(selectedBy(objects, podSelector), rule)),
    ),
  ];
}

/** May pods with these labels call pods with those, of the same namespace? Both must be allowed: going out, and coming in. */
export function mayCall(
  objects: readonly KubeObject[],
  from: Labels,
  to: Labels,
  port: number,
  protocol = 'TCP',
): boolean {
  const policies = ofKind<NetworkPolicy>(objects, 'NetworkPolicy');
  const isAllowed = (side: 'Ingress' | 'Egress', own: Labels, other: Labels) => {
    const mine = policies.filter(({ spec }) => spec.policyTypes.includes(side) && selects(spec.podSelector, own));
    // Whom no policy means may do everything.
    if (mine.length === 0) return true;
    return mine
      .flatMap(({ spec }) => (side === 'Ingress' ? spec.ingress : spec.egress) ?? [])
      .some(
        ({ from: sources, to: targets, ports }) =>
          (sources ?? targets ?? []).some((peer) => isOwn(peer) && selects(peer.podSelector ?? {}, other)) &&
          ports.some((each) => each.port === port && each.protocol === protocol),
      );
  };
  return isAllowed('Egress', from, to) && isAllowed('Ingress', to, from);
}
