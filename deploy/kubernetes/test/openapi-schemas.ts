/**
 * Kubernetes' own description of its objects (OpenAPI 3, a file for each group and version) as JSON schemas in the form that kubeconform
 * reads, in which an unknown field is an error.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

interface Schema {
  [keyword: string]: unknown;
  properties?: Record<string, Schema>;
  'x-kubernetes-group-version-kind'?: { group: string; version: string; kind: string }[];
}

/**
 * Writes `<kind>-<first part of the group>-<version>.json` for each kind of each description.
 *
 * @param from folder with `api/v1.json` and `apis/<group>/<version>.json`
 * @returns how many were written
 */
export async function writeSchemas(from: string, to: string): Promise<number> {
  await mkdir(to, { recursive: true });
  const files = (await readdir(from, { recursive: true })).filter((file) => file.endsWith('.json'));
  const counts = await Promise.all(files.map(async (file) => writeGroup(join(from, file), to)));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function writeGroup(path: string, to: string): Promise<number> {
  const { components } = JSON.parse(await readFile(path, 'utf8')) as {
    components: { schemas: Record<string, Schema> };
  };
  const definitions = Object.fromEntries(
    Object.entries(components.schemas).map(([name, schema]) => [name, strict(schema)]),
  );
  const file = `of-${basename(dirname(path))}-${basename(path)}`;
  await writeFile(join(to, file), JSON.stringify({ components: { schemas: definitions } }));
  let count = 0;
  for (const [name, schema] of Object.entries(components.schemas)) {
    const [kind, ...others] = schema['x-kubernetes-group-version-kind'] ?? [];
    // Those with several are no objects but options of requests.
    if (!kind || others.length > 0) continue;
    const parts = [kind.kind, kind.group.split('.')[0], kind.version].filter(Boolean);
    const document = { $ref: `${file}#/components/schemas/${name}` };
    await writeFile(join(to, `${parts.join('-').toLowerCase()}.json`), JSON.stringify(document));
    count++;
  }
  return count;
}

/** Objects with named fields may have no others. */
function strict(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strict);
  if (typeof value !== 'object' || value === null) return value;
  const schema = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, strict(inner)])) as Schema;
  if (schema.properties && schema.type === 'object' && !('additionalProperties' in schema)) {
    return { ...schema, additionalProperties: false };
  }
  return schema;
}
