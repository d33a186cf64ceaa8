/** Strategic merge patches: https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/ */

/** Lists whose entries have an identity; entries of all other lists have none, so a patch replaces these lists. */
const KEYS: Record<string, readonly string[]> = {
  containers: ['name'],
  env: ['name'],
  volumes: ['name'],
  volumeMounts: ['mountPath'],
  ports: ['containerPort', 'protocol'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
};

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * @param field name of the field that holds the value
 * @returns the value with the patch laid over it; neither is changed
 */
export function mergePatch(value: unknown, patch: unknown, field = ''): unknown {
  const keys = KEYS[field];
  if (Array.isArray(value) && Array.isArray(patch) && keys) return mergeLists(value, patch, keys);
  if (!isFields(value) || !isFields(patch)) return patch;
  const merged = { ...value };
  for (const [name, change] of Object.entries(patch)) merged[name] = mergePatch(value[name], change, name);
  return merged;
}

function mergeLists(list: readonly Fields[], patches: readonly Fields[], keys: readonly string[]): Fields[] {
  const isSame = (one: Fields, other: Fields) => keys.every((key) => one[key] === other[key]);
  const merged = list.map((entry) => {
    const patch = patches.find((each) => isSame(each, entry));
    return patch ? (mergePatch(entry, patch) as Fields) : entry;
  });
  return [...merged, ...patches.filter((each) => !list.some((entry) => isSame(each, entry)))];
}
