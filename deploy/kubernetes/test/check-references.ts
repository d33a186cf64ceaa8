/** Is everything there that pods name: maps, secrets and their keys, volumes, accounts, ports? */
import {
  type Container,
  find,
  type Having,
  type KeyReference,
  type KubeObject,
  nameOf,
  ofKind,
  type Workload,
  workloadsOf,
} from './kube-objects.ts';

/** Secrets that are made elsewhere: their keys by name. */
export type OutsideSecrets = Record<string, readonly string[]>;

type ExternalSecret = Having<{ target: { name: string }; data: { secretKey: string }[] }>;
type BasicAuth = { username: KeyReference; password: KeyReference };
type ScrapeConfig = Having<{ basicAuth: BasicAuth; httpSDConfigs: { basicAuth: BasicAuth }[] }>;

/** @returns a sentence for each name that nothing has */
export function checkReferences(objects: readonly KubeObject[], outside: OutsideSecrets = {}): string[] {
  const names = objects.map(nameOf);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  return [
    ...twice.map((name) => `${name} is there twice`),
    ...workloadsOf(objects).flatMap((workload) => checkWorkload(objects, workload, outside)),
    ...ofKind<ScrapeConfig>(objects, 'ScrapeConfig').flatMap((config) =>
      [config.spec.basicAuth, ...config.spec.httpSDConfigs.map(({ basicAuth }) => basicAuth)]
        .flatMap(({ username, password }) => [username, password])
        .flatMap((reference) => checkKey(objects, 'Secret', reference, outside))
        .map((problem) => `${nameOf(config)}: ${problem}`),
    ),
  ];
}

function checkWorkload(objects: readonly KubeObject[], workload: Workload, outside: OutsideSecrets): string[] {
  const { template, volumeClaimTemplates = [] } = workload.spec;
  const { serviceAccountName, priorityClassName, volumes = [], containers } = template.spec;
  const has = (kind: string, name: string | undefined) =>
    name === undefined || find(objects, kind, name) ? [] : [`${kind} ${name} is missing`];
  const places = [...volumes, ...volumeClaimTemplates.map(({ metadata }) => metadata)].map(({ name }) => name);
  const problems = [
    ...has('ServiceAccount', serviceAccountName),
    ...has('PriorityClass', priorityClassName),
    ...volumes.flatMap((volume) => [
      ...has('ConfigMap', volume.configMap?.name),
      ...has('Secret', volume.secret?.secretName),
      ...has('PersistentVolumeClaim', volume.persistentVolumeClaim?.claimName),
    ]),
    ...containers.flatMap((container) => checkContainer(objects, container, places, outside)),
  ];
  return problems.map((problem) => `${nameOf(workload)}: ${problem}`);
}

function checkContainer(
  objects: readonly KubeObject[],
  container: Container,
  places: readonly string[],
  outside: OutsideSecrets,
): string[] {
  const {
    env = [],
    envFrom = [],
    volumeMounts = [],
    ports = [],
    startupProbe,
    livenessProbe,
    readinessProbe,
  } = container;
  const maps = envFrom.map(({ configMapRef }) => configMapRef?.name ?? '');
  const keys = maps.flatMap((name) => Object.keys(find(objects, 'ConfigMap', name)?.data ?? {}));
  const probed = [startupProbe, livenessProbe, readinessProbe].flatMap((probe) => probe?.httpGet?.port ?? []);
  return [
    ...maps.filter((name) => !find(objects, 'ConfigMap', name)).map((name) => `ConfigMap ${name} is missing`),
    ...keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `two of its ConfigMaps have ${key}`),
    ...env.flatMap(({ valueFrom: { secretKeyRef, configMapKeyRef } = {} }) => [
      ...(secretKeyRef ? checkKey(objects, 'Secret', secretKeyRef, outside) : []),
      ...(configMapKeyRef ? checkKey(objects, 'ConfigMap', configMapKeyRef, outside) : []),
    ]),
    ...volumeMounts.filter(({ name }) => !places.includes(name)).map(({ name }) => `volume ${name} is missing`),
    ...places
      .filter((place) => !volumeMounts.some(({ name }) => name === place))
      .map((place) => `volume ${place} is not mounted`),
    ...probed.filter((port) => !ports.some(({ name }) => name === port)).map((port) => `port ${port} is missing`),
  ];
}

function checkKey(
  objects: readonly KubeObject[],
  kind: 'Secret' | 'ConfigMap',
  { name, key }: KeyReference,
  outside: OutsideSecrets,
): string[] {
  const keys = keysOf(objects, kind, name) ?? (kind === 'Secret' ? outside[name] : undefined);
  if (!keys) return [`${kind} ${name} is missing`];
  return keys.includes(key) ? [] : [`${kind} ${name} has no key ${key}`];
}

function keysOf(objects: readonly KubeObject[], kind: string, name: string): readonly string[] | undefined {
  const data = find(objects, kind, name)?.data;
  if (data) return Object.keys(data);
  if (kind !== 'Secret') return undefined;
  const external = ofKind<ExternalSecret>(objects, 'ExternalSecret').find(({ spec }) => spec.target.name === name);
  return external?.spec.data.map(({ secretKey }) => secretKey);
}
