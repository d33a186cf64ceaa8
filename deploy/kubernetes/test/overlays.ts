/** What the tests look at: each overlay as it would be applied, and what is made outside. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build, buildFolder, type Kustomization } from './build-kustomization.ts';
import type { OutsideSecrets } from './check-references.ts';
import type { KubeObject } from './kube-objects.ts';

export const FOLDER = resolve(import.meta.dirname, '..');

/** The production overlay with what is optional, as somebody's own overlay would say it. */
export const WITH_OPERATORS: Kustomization = {
  namespace: 'wordcloud',
  resources: ['overlays/production'],
  components: ['components/external-secrets', 'components/prometheus-operator'],
};

/** The keys that a person is told to fill in. */
export const EXAMPLE_KEYS = readFileSync(resolve(FOLDER, 'overlays/production/secrets.example.env'), 'utf8')
  .split('\n')
  .flatMap((line) => /^([a-z0-9-]+)=$/.exec(line)?.[1] ?? []);

export interface Overlay {
  name: string;
  objects: KubeObject[];
  outside: OutsideSecrets;
}

export const overlays: Overlay[] = [
  { name: 'demo', objects: buildFolder(resolve(FOLDER, 'overlays/demo')), outside: {} },
  {
    name: 'production',
    objects: buildFolder(resolve(FOLDER, 'overlays/production')),
    outside: { 'wordcloud-secrets': EXAMPLE_KEYS },
  },
  { name: 'production with operators', objects: build(WITH_OPERATORS, FOLDER), outside: {} },
];
