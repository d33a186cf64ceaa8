/** All checks of a set of objects that is to be applied together. */
import { checkAddresses } from './check-addresses.ts';
import { checkConventions } from './check-conventions.ts';
import { checkReferences, type OutsideSecrets } from './check-references.ts';
import { checkSelectors } from './check-selectors.ts';
import type { KubeObject } from './kube-objects.ts';
import { checkPolicies } from './network-policies.ts';

/** @returns a sentence for each problem */
export const checkAll = (objects: readonly KubeObject[], outside: OutsideSecrets = {}): string[] => [
  ...checkReferences(objects, outside),
  ...checkSelectors(objects),
  ...checkPolicies(objects),
  ...checkAddresses(objects),
  ...checkConventions(objects),
];
