/** Do the addresses in the settings of a service lead to a Service that is there, at its port, through the network policies? */
import { environmentOf } from './environment.ts';
import {
  find,
  type KubeObject,
  nameOf,
  portOf,
  type Service,
  selectedBy,
  type Workload,
  workloadsOf,
} from './kube-objects.ts';
import { mayCall } from './network-policies.ts';

/** Settings that hold addresses, and the port that goes without saying. */
const SETTINGS: Record<string, number> = {
  GDD_MEM_SEED: 7946,
  BFFSVC: 80,
  S3_ENDPOINT: 80,
  REDIS_URL: 6379,
  USER_DATABASE_URL: 3306,
  TASK_DATABASE_URL: 3306,
};

/** @returns a sentence for each address inside the cluster that leads nowhere; names with a dot are outside */
export function checkAddresses(objects: readonly KubeObject[]): string[] {
  return workloadsOf(objects).flatMap((workload) =>
    workload.spec.template.spec.containers.flatMap((container) => {
      const variables = environmentOf(objects, container);
      return Object.entries(SETTINGS).flatMap(([name, defaultPort]) => {
        const value = variables[name];
        if (value === undefined) return [];
        const url = new URL(value.includes('://') ? value : `gossip://${value}`);
        if (url.hostname.includes('.')) return [];
        const problem = checkAddress(objects, workload, url.hostname, Number(url.port || defaultPort));
        return problem ? [`${nameOf(workload)}: ${name}: ${problem}`] : [];
      });
    }),
  );
}

function checkAddress(objects: readonly KubeObject[], from: Workload, host: string, port: number): string | undefined {
  const service = find<Service>(objects, 'Service', host);
  if (!service) return `Service ${host} is missing`;
  const own = service.spec.ports.filter((each) => each.port === port);
  if (own.length === 0) return `Service ${host} has no port ${port}`;
  const labels = from.spec.template.metadata.labels;
  for (const { targetPort, protocol } of own) {
    for (const target of selectedBy(objects, { matchLabels: service.spec.selector })) {
      const number = portOf(target, targetPort, protocol)!;
      if (!mayCall(objects, labels, target.spec.template.metadata.labels, number, protocol)) {
        return `the network policies keep it from ${nameOf(target)}, port ${number} ${protocol ?? 'TCP'}`;
      }
    }
  }
  return undefined;
}
