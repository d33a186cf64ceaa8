/** The environment that a container will have. */
import { type Container, find, type KubeObject } from './kube-objects.ts';

/** What the cluster fills in. */
const FIELDS: Record<string, string> = { 'metadata.name': 'wordcloud-pod-1', 'status.podIP': '10.1.2.3' };

/**
 * @param secrets values for secrets that are made elsewhere, by key
 * @returns variables by name; those whose source is missing are left out, as check-references.ts tells of them
 */
export function environmentOf(
  objects: readonly KubeObject[],
  { env = [], envFrom = [] }: Container,
  secrets: Record<string, string> = {},
): Record<string, string> {
  const variables = new Map<string, string | undefined>();
  for (const { configMapRef } of envFrom) {
    const data = configMapRef && find(objects, 'ConfigMap', configMapRef.name)?.data;
    for (const [name, value] of Object.entries(data ?? {})) variables.set(name, value);
  }
  for (const { name, value, valueFrom: { secretKeyRef, configMapKeyRef, fieldRef } = {} } of env) {
    variables.set(
      name,
      value ??
        (secretKeyRef && (secretOf(objects, secretKeyRef.name, secretKeyRef.key) ?? secrets[secretKeyRef.key])) ??
        (configMapKeyRef && find(objects, 'ConfigMap', configMapKeyRef.name)?.data?.[configMapKeyRef.key]) ??
        (fieldRef && FIELDS[fieldRef.fieldPath]),
    );
  }
  return Object.fromEntries([...variables].filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function secretOf(objects: readonly KubeObject[], name: string, key: string): string | undefined {
  const value = find(objects, 'Secret', name)?.data?.[key];
  return value === undefined ? undefined : Buffer.from(value, 'base64').toString();
}
