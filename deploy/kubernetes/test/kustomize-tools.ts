/** The real tools, where install.sh could build them with Go: kustomize, kubeconform, and Kubernetes' description of its objects. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments, stringify } from 'yaml';
import { findProgram } from '../../../scripts/test-servers/find-program.ts';
import type { Kustomization } from './build-kustomization.ts';
import type { KubeObject } from './kube-objects.ts';

const run = promisify(execFile);

/** Where install.sh puts what it builds. */
const BUILT = resolve(import.meta.dirname, '../../../.cache/test-servers');
const MOST_BYTES = 64 * 1024 * 1024;

const find = (name: string) => findProgram(name, [BUILT]) ?? findProgram(name);
export const kustomize = find('kustomize');
export const kubeconform = find('kubeconform');
export const openApi = join(BUILT, 'kubernetes-openapi');

/** For the titles of skipped tests: empty, or what is missing. */
export const missing = [
  ...(kustomize ? [] : ['kustomize']),
  ...(kubeconform ? [] : ['kubeconform']),
  ...(existsSync(openApi) ? [] : ['the OpenAPI description of Kubernetes']),
].join(', ');
export const note = missing && ` (missing: ${missing}; install Go and run sh scripts/test-servers/install.sh)`;

/** @returns YAML. @throws Error with what kustomize says */
export async function kustomizeBuild(folder: string): Promise<string> {
  const { stdout } = await run(kustomize!, ['build', folder], { maxBuffer: MOST_BYTES });
  return stdout;
}

/** The file of somebody's own kustomization elsewhere, with its paths as they are from there. */
export function kustomizationFile(kustomization: Kustomization, base: string, folder: string): string {
  const fromThere = (path: string) => relative(folder, resolve(base, path));
  const { resources = [], components = [] } = kustomization;
  return stringify({
    ...{ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', ...kustomization },
    ...{ resources: resources.map(fromThere), components: components.map(fromThere) },
  });
}

/** What kubeconform says of objects, against schemas of `writeSchemas`: empty when it finds nothing wrong. */
export async function conformityProblems(objects: readonly KubeObject[], schemas: string): Promise<string[]> {
  const location = join(schemas, '{{.ResourceKind}}{{.KindSuffix}}.json');
  const args = ['-strict', '-output', 'json', '-schema-location', location];
  const running = run(kubeconform!, args, { maxBuffer: MOST_BYTES });
  // As JSON: programs in Go read YAML 1.1, in which a plain `no` is not a text.
  running.child.stdin!.end(objects.map((object) => JSON.stringify(object)).join('\n---\n'));
  // It ends with status 1 where it finds something.
  const { stdout } = await running.catch((error: { stdout: string }) => error);
  const { resources } = JSON.parse(stdout) as { resources: { kind: string; name: string; msg: string }[] };
  return resources.map(({ kind, name, msg }) => `${kind} ${name}: ${msg}`);
}

/** Objects from what kustomize writes; it breaks long texts in base64. */
export function readObjects(yaml: string): KubeObject[] {
  return parseAllDocuments(yaml).map((document) => {
    const object = document.toJS() as KubeObject;
    if (object.kind !== 'Secret' || !object.data) return object;
    const unbroken = Object.entries(object.data).map(([key, value]) => [key, value.replaceAll('\n', '')]);
    return { ...object, data: Object.fromEntries(unbroken) as Record<string, string> };
  });
}
