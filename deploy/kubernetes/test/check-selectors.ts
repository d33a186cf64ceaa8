/** Do objects that stand in front of pods, or decide about them, mean pods that are there, at ports that they have? */
import {
  find,
  type Having,
  type KubeObject,
  nameOf,
  ofKind,
  portOf,
  type Selector,
  type Service,
  selectedBy,
  selects,
  type Workload,
  workloadsOf,
} from './kube-objects.ts';

type Budget = Having<{ selector: Selector }>;
type Autoscaler = Having<{ scaleTargetRef: { kind: string; name: string }; minReplicas: number; maxReplicas: number }>;
type Ingress = Having<{
  tls?: { hosts: string[]; secretName: string }[];
  rules: {
    host: string;
    http: { paths: { backend: { service: { name: string; port: { name?: string; number?: number } } } }[] };
  }[];
}>;

/** @returns a sentence for each that means nothing, or the wrong thing */
export function checkSelectors(objects: readonly KubeObject[]): string[] {
  const all = <T extends KubeObject>(kind: string, check: (object: T) => string[]) =>
    ofKind<T>(objects, kind).flatMap((object) => check(object).map((problem) => `${nameOf(object)}: ${problem}`));
  return [
    ...workloadsOf(objects).flatMap((workload) =>
      checkWorkload(objects, workload).map((problem) => `${nameOf(workload)}: ${problem}`),
    ),
    ...all<Service>('Service', (service) => checkService(objects, service)),
    ...all<Budget>('PodDisruptionBudget', ({ spec }) => {
      const count = selectedBy(objects, spec.selector).length;
      return count === 1 ? [] : [`its selector means ${count} workloads, not one`];
    }),
    ...all<Autoscaler>('HorizontalPodAutoscaler', ({ spec }) => checkAutoscaler(objects, spec)),
    ...all<Ingress>('Ingress', ({ spec }) => checkIngress(objects, spec)),
  ];
}

function checkWorkload(objects: readonly KubeObject[], { kind, spec }: Workload): string[] {
  const { labels } = spec.template.metadata;
  const spread = spec.template.spec.topologySpreadConstraints ?? [];
  const service = spec.serviceName && find<Service>(objects, 'Service', spec.serviceName);
  return [
    ...(selects(spec.selector, labels) ? [] : ['its selector does not mean its own pods']),
    ...(selectedBy(objects, spec.selector).length > 1 ? ["its selector means another's pods, too"] : []),
    ...spread
      .filter(({ labelSelector }) => !selects(labelSelector, labels))
      .map(({ topologyKey }) => `the spread over ${topologyKey} does not count its own pods`),
    ...(kind === 'StatefulSet' && !(service && selects({ matchLabels: service.spec.selector }, labels))
      ? [`Service ${spec.serviceName} is missing or means other pods`]
      : []),
  ];
}

function checkService(objects: readonly KubeObject[], { spec }: Service): string[] {
  const workloads = selectedBy(objects, { matchLabels: spec.selector });
  if (workloads.length === 0) return ['its selector means no pods'];
  return spec.ports.flatMap(({ targetPort, port, protocol }) =>
    workloads.flatMap((workload) => {
      const number = portOf(workload, targetPort, protocol);
      if (number === undefined) return [`${nameOf(workload)} has no port ${targetPort}`];
      // A headless service does not translate ports.
      return spec.clusterIP === 'None' && number !== port ? [`port ${port} is ${number} at the pods`] : [];
    }),
  );
}

function checkAutoscaler(objects: readonly KubeObject[], spec: Autoscaler['spec']): string[] {
  const { kind, name } = spec.scaleTargetRef;
  const target = find<Workload>(objects, kind, name);
  if (!target) return [`${kind} ${name} is missing`];
  const hasRequests = target.spec.template.spec.containers.every(({ resources }) => resources?.requests?.cpu);
  return [
    ...(hasRequests ? [] : [`${kind} ${name} requests no cpu to compare with`]),
    ...(target.spec.replicas === undefined ? [] : [`each apply would set the replicas of ${kind} ${name} back`]),
    ...(spec.minReplicas <= spec.maxReplicas ? [] : ['its least is above its most']),
  ];
}

function checkIngress(objects: readonly KubeObject[], { tls = [], rules }: Ingress['spec']): string[] {
  const secured = tls.flatMap(({ hosts }) => hosts);
  return rules.flatMap(({ host, http }) => [
    ...(secured.includes(host) ? [] : [`${host} is without TLS`]),
    ...http.paths.flatMap(({ backend: { service } }) => {
      const ports = find<Service>(objects, 'Service', service.name)?.spec.ports;
      if (!ports) return [`Service ${service.name} is missing`];
      const isThere = ports.some(({ name, port }) => name === service.port.name || port === service.port.number);
      return isThere ? [] : [`Service ${service.name} has no port ${service.port.name ?? service.port.number}`];
    }),
  ]);
}
