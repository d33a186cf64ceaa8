/** Objects of Kubernetes, as far as the checks here look into them, and looking them up. */

export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Labels };
  spec?: unknown;
  /** Of ConfigMaps as text, of Secrets in base64. */
  data?: Record<string, string>;
}

export type Labels = Record<string, string>;

/** One object of a kind whose `spec` is known. */
export type Having<Spec> = KubeObject & { spec: Spec };

export interface Selector {
  matchLabels?: Labels;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

export interface KeyReference {
  name: string;
  key: string;
}

export interface EnvVar {
  name: string;
  value?: string;
  valueFrom?: { secretKeyRef?: KeyReference; configMapKeyRef?: KeyReference; fieldRef?: { fieldPath: string } };
}

export interface Probe {
  httpGet?: { path: string; port: string | number };
  exec?: { command: string[] };
  periodSeconds?: number;
  failureThreshold?: number;
}

export interface Container {
  name: string;
  image: string;
  args?: string[];
  env?: EnvVar[];
  envFrom?: { configMapRef?: { name: string }; secretRef?: { name: string } }[];
  ports?: { name: string; containerPort: number; protocol: string }[];
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
  volumeMounts?: { name: string; mountPath: string }[];
  startupProbe?: Probe;
  livenessProbe?: Probe;
  readinessProbe?: Probe;
  lifecycle?: { preStop?: { sleep?: { seconds: number } } };
  securityContext?: {
    allowPrivilegeEscalation?: boolean;
    readOnlyRootFilesystem?: boolean;
    capabilities?: { drop?: string[] };
  };
}

export interface PodSpec {
  serviceAccountName?: string;
  automountServiceAccountToken?: boolean;
  priorityClassName?: string;
  terminationGracePeriodSeconds?: number;
  securityContext?: { runAsNonRoot?: boolean; runAsUser?: number; seccompProfile?: { type: string } };
  topologySpreadConstraints?: { topologyKey: string; labelSelector: Selector }[];
  containers: Container[];
  volumes?: {
    name: string;
    configMap?: { name: string };
    secret?: { secretName: string };
    persistentVolumeClaim?: { claimName: string };
    emptyDir?: object;
  }[];
}

/** A Deployment or StatefulSet. */
export type Workload = Having<{
  replicas?: number;
  serviceName?: string;
  minReadySeconds?: number;
  strategy?: { rollingUpdate?: { maxSurge: number; maxUnavailable: number } };
  selector: Selector;
  template: { metadata: { labels: Labels }; spec: PodSpec };
  volumeClaimTemplates?: { metadata: { name: string } }[];
}>;

export type Service = Having<{
  clusterIP?: string;
  selector: Labels;
  ports: { name: string; port: number; protocol?: string; targetPort: string | number }[];
}>;

/** All objects of a kind. */
export function ofKind<T extends KubeObject = KubeObject>(objects: readonly KubeObject[], ...kinds: string[]): T[] {
  return objects.filter(({ kind }) => kinds.includes(kind)) as T[];
}

/** The object of that kind and name, or undefined. */
export function find<T extends KubeObject = KubeObject>(
  objects: readonly KubeObject[],
  kind: string,
  name: string,
): T | undefined {
  return ofKind<T>(objects, kind).find(({ metadata }) => metadata.name === name);
}

export const workloadsOf = (objects: readonly KubeObject[]): Workload[] =>
  ofKind<Workload>(objects, 'Deployment', 'StatefulSet');

/** `Deployment wordcloud-seg`: how messages name it. */
export const nameOf = ({ kind, metadata }: KubeObject): string => `${kind} ${metadata.name}`;

/** @throws Error when an operator is used that is not known here */
export function selects({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean {
  const isEqual = Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
  return (
    isEqual &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      if (operator !== 'In') throw new Error(`The operator ${operator} of a selector is not known here; known: In.`);
      return values.includes(labels[key] ?? '');
    })
  );
}

/** The workloads whose pods a selector means. */
export const selectedBy = (objects: readonly KubeObject[], selector: Selector): Workload[] =>
  workloadsOf(objects).filter(({ spec }) => selects(selector, spec.template.metadata.labels));

/** The number of a workload's port, by name or number; undefined where it has none like it. */
export function portOf({ spec }: Workload, port: string | number, protocol = 'TCP'): number | undefined {
  const ports = spec.template.spec.containers.flatMap((container) => container.ports ?? []);
  return ports.find((each) => each.protocol === protocol && (each.name === port || each.containerPort === port))
    ?.containerPort;
}
