import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkAll } from './checks.ts';
import { type KubeObject, ofKind } from './kube-objects.ts';
import {
  conformityProblems,
  kustomizationFile,
  kustomizeBuild,
  missing,
  note,
  openApi,
  readObjects,
} from './kustomize-tools.ts';
import { writeSchemas } from './openapi-schemas.ts';
import { FOLDER, overlays, WITH_OPERATORS } from './overlays.ts';

/** Kinds that operators bring along; Kubernetes itself does not describe them. */
const OF_OPERATORS = ['ExternalSecret', 'ScrapeConfig'];

describe.skipIf(missing)(`kustomize and kubeconform${note}`, () => {
  let folder: string;
  let builds: Record<string, KubeObject[]>;
  beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'kustomize-')));
    await writeFile(join(folder, 'kustomization.yaml'), kustomizationFile(WITH_OPERATORS, FOLDER, folder));
    await writeSchemas(openApi, join(folder, 'schemas'));
    const folders = [join(FOLDER, 'overlays/demo'), join(FOLDER, 'overlays/production'), folder];
    const built = await Promise.all(folders.map(async (each) => readObjects(await kustomizeBuild(each))));
    builds = Object.fromEntries(overlays.map(({ name }, index) => [name, built[index]!]));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const described = (objects: readonly KubeObject[]) => objects.filter(({ kind }) => !OF_OPERATORS.includes(kind));

  describe.each(overlays)('$name', ({ name, objects, outside }) => {
    it('what kustomize builds – is what the other tests look at', () => {
      expect(withoutHashes(builds[name]!, objects).map(sorted).sort(byText)).toEqual(objects.map(sorted).sort(byText));
    });

    it('what kustomize builds – holds together, generated names included', () => {
      expect(checkAll(builds[name]!, outside)).toEqual([]);
    });

    it('what kustomize builds – is as Kubernetes describes it', async () => {
      expect(await conformityProblems(described(builds[name]!), join(folder, 'schemas'))).toEqual([]);
    });
  });

  it('the overlay of the README – builds, and holds together', async () => {
    const readme = await readFile(join(FOLDER, 'README.md'), 'utf8');
    const [, example] = /```yaml\n(.*?)```/s.exec(readme)!;
    const yours = join(folder, 'yours');
    await mkdir(yours);
    const file = example!.replaceAll('../wordcloud/deploy/kubernetes', relative(yours, FOLDER));
    await writeFile(join(yours, 'kustomization.yaml'), file.replace(/^ {3}/gm, ''));
    const objects = readObjects(await kustomizeBuild(yours));
    expect(checkAll(objects)).toEqual([]);
    expect(await conformityProblems(described(objects), join(folder, 'schemas'))).toEqual([]);
    const text = JSON.stringify(objects);
    for (const changed of [
      'registry.yours.example/wordcloud-ui:0.1.0',
      '"S3_BUCKET":"yours"',
      'clouds.yours.example',
    ]) {
      expect(text).toContain(changed);
    }
    expect(text).not.toMatch(/registry\.example\.com|wordcloud\.example\.com/);
  });

  it('what is not as Kubernetes describes it – is found', async () => {
    const broken = async (kind: string, from: string, to: string) => {
      const [object] = ofKind(builds.production!, kind);
      const text = JSON.stringify(object);
      expect(text).toContain(from);
      const problems = await conformityProblems([JSON.parse(text.replace(from, to))], join(folder, 'schemas'));
      return problems.join();
    };
    expect(await broken('Deployment', '"minReadySeconds"', '"minimumReady"')).toContain('minimumReady');
    expect(await broken('Deployment', '"minReadySeconds":5', '"minReadySeconds":"5"')).toContain('minReadySeconds');
    expect(await broken('Service', '"targetPort":"http"', '"targetPort":true')).toContain('targetPort');
    expect(await broken('Ingress', ',"pathType":"Prefix"', '')).toContain('pathType');
    expect(await broken('HorizontalPodAutoscaler', '"autoscaling/v2"', '"autoscaling/v9"')).toContain('schema');
  });
});

const byText = (one: KubeObject, other: KubeObject) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);

/** The order of fields and of lists of objects says nothing here. */
function sorted<T>(value: T): T {
  if (Array.isArray(value)) {
    const all = value.map(sorted);
    return (typeof value[0] === 'object' ? all.sort(byText) : all) as T;
  }
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const);
  return Object.fromEntries(fields.sort(([one], [other]) => (one < other ? -1 : 1))) as T;
}

/** Names of generated objects as they were before kustomize put a hash behind them. */
function withoutHashes(built: readonly KubeObject[], objects: readonly KubeObject[]): KubeObject[] {
  const names = ofKind(objects, 'ConfigMap', 'Secret').map(({ metadata }) => metadata.name);
  return JSON.parse(
    names.reduce(
      (text, name) => text.replaceAll(new RegExp(`"${name}-[a-z0-9]{10}"`, 'g'), `"${name}"`),
      JSON.stringify(built),
    ),
  ) as KubeObject[];
}
