/** What is asked of an object store as spans of the active step: with keys, which hold ids only, and sizes. */
import { inSpan, type SpanDescription } from '@wordcloud/telemetry';
import type { ObjectStore } from './object-store.ts';

export type ObjectSource = { kind: 'folder' } | { kind: 's3'; bucket: string; endpoint: string };

/** The same store; where nobody records, its work is only passed on. */
export function withSpans(store: ObjectStore, source: ObjectSource): ObjectStore {
  const describe = (operation: string, key: string) => () => describeObject(source, operation, key);
  return {
    put: (key, body, options) =>
      inSpan(describe('put', key), async (note) => {
        const stored = await store.put(key, body, options);
        note({ 'object_store.bytes': stored.bytes });
        return stored;
      }),
    // Until the body begins: how fast its reader is, is not the store's affair.
    get: (key, options) =>
      inSpan(describe('get', key), async (note) => {
        const object = await store.get(key, options);
        note({ 'object_store.bytes': object.bytes });
        return object;
      }),
    getBytes: (key, options) =>
      inSpan(describe('get', key), async (note) => {
        const bytes = await store.getBytes(key, options);
        note({ 'object_store.bytes': bytes.length });
        return bytes;
      }),
    deletePrefix: (prefix) =>
      inSpan(describe('delete', prefix), async (note) => {
        const removed = await store.deletePrefix(prefix);
        note({ 'object_store.removed': removed });
        return removed;
      }),
    check: () => store.check(),
    close: () => store.close(),
  };
}

function describeObject(source: ObjectSource, operation: string, key: string): SpanDescription {
  const common = { 'object_store.system': source.kind, 'object_store.operation': operation, 'object_store.key': key };
  const name = `${operation} object`;
  if (source.kind === 'folder') return { name, kind: 'client', attributes: common };
  const { hostname, port, protocol } = new URL(source.endpoint);
  const attributes = {
    ...common,
    'aws.s3.bucket': source.bucket,
    'aws.s3.key': key,
    'server.address': hostname,
    'server.port': Number(port) || (protocol === 'https:' ? 443 : 80),
  };
  return { name, kind: 'client', attributes };
}
