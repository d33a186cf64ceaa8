/**
 * Builds a kustomization as `kustomize build` does, for the few features that are used here, so that the checks need no Go. What
 * it does not know it refuses. Generated names get no hash. Beside it, kustomize-tools.test.ts compares it with the real one.
 */
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import type { KubeObject, Workload } from './kube-objects.ts';
import { mergePatch } from './merge-patch.ts';

interface Generator {
  name: string;
  behavior?: 'create' | 'merge';
  literals?: string[];
  files?: string[];
}

export interface Kustomization {
  resources?: string[];
  components?: string[];
  namespace?: string;
  labels?: { pairs: Record<string, string>; includeTemplates?: boolean }[];
  images?: { name: string; newName?: string; newTag?: string }[];
  replicas?: { name: string; count: number }[];
  patches?: { path: string; target: { kind: string; name?: string } }[];
  configMapGenerator?: Generator[];
  secretGenerator?: Generator[];
}

const KNOWN = new Set([
  ...['apiVersion', 'kind', 'resources', 'components', 'namespace', 'labels', 'images', 'replicas', 'patches'],
  ...['configMapGenerator', 'secretGenerator'],
]);
/** They belong to no namespace. */
const OF_CLUSTER = ['Namespace', 'PriorityClass'];

/** Builds what a folder's kustomization.yaml says. @throws Error naming what is not known or not there */
export function buildFolder(folder: string): KubeObject[] {
  return build(parse(readFileSync(resolve(folder, 'kustomization.yaml'), 'utf8')) as Kustomization, folder);
}

/** @param folder to which paths are relative @param before what a component is added to */
export function build(kustomization: Kustomization, folder: string, before: readonly KubeObject[] = []): KubeObject[] {
  const unknown = Object.keys(kustomization).find((field) => !KNOWN.has(field));
  if (unknown) throw new Error(`${folder}: the field ${unknown} of a kustomization is not known here.`);
  let objects = [...before, ...(kustomization.resources ?? []).flatMap((path) => readResource(resolve(folder, path)))];
  for (const path of kustomization.components ?? []) objects = addComponent(resolve(folder, path), objects);
  for (const [kind, generators] of [
    ['ConfigMap', kustomization.configMapGenerator ?? []],
    ['Secret', kustomization.secretGenerator ?? []],
  ] as const) {
    for (const generator of generators) objects = generate(kind, generator, objects, folder);
  }
  return objects.map((object) => transform(patch(object, kustomization, folder), kustomization));
}

function readResource(path: string): KubeObject[] {
  if (!path.endsWith('.yaml')) return buildFolder(path);
  return parseAllDocuments(readFileSync(path, 'utf8')).map((document) => {
    if (document.errors[0]) throw new Error(`${path}: ${document.errors[0].message}`);
    return document.toJS() as KubeObject;
  });
}

function addComponent(path: string, objects: KubeObject[]): KubeObject[] {
  return build(parse(readFileSync(resolve(path, 'kustomization.yaml'), 'utf8')) as Kustomization, path, objects);
}

function generate(kind: 'ConfigMap' | 'Secret', generator: Generator, objects: KubeObject[], folder: string) {
  const { name, behavior = 'create', literals = [], files = [] } = generator;
  const entries = [
    ...literals.map((literal) => [literal.slice(0, literal.indexOf('=')), literal.slice(literal.indexOf('=') + 1)]),
    ...files.map((file) => [basename(file), readFileSync(resolve(folder, file), 'utf8')]),
  ] as [string, string][];
  const encode = (text: string) => (kind === 'Secret' ? Buffer.from(text).toString('base64') : text);
  const data = Object.fromEntries(entries.map(([key, value]) => [key, encode(value)]));
  const existing = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if ((behavior === 'merge') !== (existing !== undefined)) {
    throw new Error(`${folder}: ${kind} ${name} is to be ${behavior}d, but is ${existing ? 'there' : 'not there'}.`);
  }
  if (!existing) {
    const type = kind === 'Secret' && { type: 'Opaque' };
    return [...objects, { apiVersion: 'v1', kind, metadata: { name }, ...type, data }];
  }
  return objects.map((object) => (object === existing ? { ...object, data: { ...object.data, ...data } } : object));
}

function patch(object: KubeObject, { patches = [] }: Kustomization, folder: string): KubeObject {
  const { kind, metadata } = object;
  const mine = patches.filter(
    ({ target }) => target.kind === kind && new RegExp(`^(?:${target.name ?? '.*'})$`).test(metadata.name),
  );
  return mine.reduce((patched, { path }) => {
    const { metadata: ignored, ...changes } = parse(readFileSync(resolve(folder, path), 'utf8')) as KubeObject;
    return mergePatch(patched, changes) as KubeObject;
  }, object);
}

function transform(
  given: KubeObject,
  { namespace, labels = [], images = [], replicas = [] }: Kustomization,
): KubeObject {
  const object = structuredClone(given);
  const { metadata, kind } = object;
  if (namespace !== undefined && !OF_CLUSTER.includes(kind)) metadata.namespace = namespace;
  for (const { pairs } of labels) metadata.labels = { ...metadata.labels, ...pairs };
  if (kind !== 'Deployment' && kind !== 'StatefulSet') return object;
  const { spec } = object as Workload;
  const { template } = spec;
  for (const { pairs, includeTemplates } of labels) {
    if (includeTemplates) template.metadata.labels = { ...template.metadata.labels, ...pairs };
  }
  for (const { name, count } of replicas) if (name === metadata.name) spec.replicas = count;
  for (const container of template.spec.containers) {
    for (const { name, newName = name, newTag } of images) {
      const [, image, tag] = /^(.*?)(?::([^:/]*))?$/.exec(container.image)!;
      if (image === name) container.image = `${newName}:${newTag ?? tag}`;
    }
  }
  return object;
}
