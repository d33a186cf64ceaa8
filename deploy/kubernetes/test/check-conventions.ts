/** What every pod here keeps to: pinned images, least rights, bounded memory, probes, updates that lose nothing. */
import { environmentOf } from './environment.ts';
import { type Container, type KubeObject, nameOf, type Workload, workloadsOf } from './kube-objects.ts';

/** Seconds that a process may need for its last steps, beyond its own limit. */
const MARGIN_SECONDS = 10;

/** @returns a sentence for each thing that a pod does not keep to */
export function checkConventions(objects: readonly KubeObject[]): string[] {
  return workloadsOf(objects).flatMap((workload) => {
    const { containers } = workload.spec.template.spec;
    const problems = [
      ...checkPod(workload),
      ...containers.flatMap(checkContainer),
      ...(workload.kind === 'Deployment' ? checkUpdates(workload, objects) : []),
    ];
    return problems.map((problem) => `${nameOf(workload)}: ${problem}`);
  });
}

function checkPod({ metadata, spec }: Workload): string[] {
  const { automountServiceAccountToken, securityContext = {} } = spec.template.spec;
  return failing({
    'app.kubernetes.io/name is not its name': metadata.labels?.['app.kubernetes.io/name'] === metadata.name,
    'it has a token of the API server': automountServiceAccountToken === false,
    'it may run as root': securityContext.runAsNonRoot === true && (securityContext.runAsUser ?? 0) > 0,
    'it has no seccomp profile': securityContext.seccompProfile?.type === 'RuntimeDefault',
  });
}

function checkContainer(container: Container): string[] {
  const { image, resources = {}, securityContext = {}, startupProbe, livenessProbe, readinessProbe } = container;
  const tag = /:([^:/]+)$/.exec(image)?.[1];
  return failing({
    [`the image ${image} is not pinned`]: tag !== undefined && /\d/.test(tag),
    'it requests no cpu or memory': Boolean(resources.requests?.cpu && resources.requests.memory),
    'its memory has no limit': Boolean(resources.limits?.memory),
    'it may gain privileges': securityContext.allowPrivilegeEscalation === false,
    'its root file system can be written': securityContext.readOnlyRootFilesystem === true,
    'it keeps capabilities': securityContext.capabilities?.drop?.join() === 'ALL',
    'a probe is missing': Boolean(startupProbe && livenessProbe && readinessProbe),
  });
}

function checkUpdates({ spec }: Workload, objects: readonly KubeObject[]): string[] {
  const { maxSurge, maxUnavailable } = spec.strategy?.rollingUpdate ?? {};
  const { containers, terminationGracePeriodSeconds = 30 } = spec.template.spec;
  const needed = containers.map((container) => {
    const pause = container.lifecycle?.preStop?.sleep?.seconds ?? 0;
    const [, own] = /^(\d+)s$/.exec(environmentOf(objects, container).GDD_GRACE_TIMEOUT ?? '') ?? [];
    return pause + Number(own) + MARGIN_SECONDS;
  });
  return failing({
    'an update takes an instance away before a new one is there': maxUnavailable === 0 && (maxSurge ?? 0) > 0,
    [`it is killed after ${terminationGracePeriodSeconds} s, but may need ${needed}`]: needed.every(
      (seconds) => seconds <= terminationGracePeriodSeconds,
    ),
  });
}

const failing = (conditions: Record<string, boolean>): string[] =>
  Object.keys(conditions).filter((problem) => !conditions[problem]);
