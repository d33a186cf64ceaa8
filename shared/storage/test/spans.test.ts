/** What storage tells of its work to those who record. */
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { spansOf } from '../../telemetry/test/spans-of.ts';
import { describeStatement } from '../src/sql-span.ts';
import { databases, open } from './databases.ts';
import { item } from './schema.ts';

import { freshFolderStore, freshS3Store, s3 } from './stores.ts';

const SECRET = 'nobody may see this';

describe.for(databases)('statements on $name', ({ name, freshUrl, missing }) => {
  const system = name === 'SQLite' ? 'sqlite' : 'mysql';

  describe.skipIf(missing)('within a recorded step', () => {
    it('reading and writing – a span each, with the text and no value', async () => {
      const { db } = await open(await freshUrl());
      const spans = await spansOf(async () => {
        await db
          .insertInto('item')
          .values(item('a', { name: SECRET }))
          .execute();
        await db.selectFrom('item').selectAll().where('name', '=', SECRET).limit(3).execute();
        await db.updateTable('item').set({ data: SECRET }).where('id', '=', 'a').execute();
        await db.deleteFrom('item').where('data', '=', SECRET).execute();
      });
      expect(spans.map((span) => span.name)).toEqual(['INSERT item', 'SELECT item', 'UPDATE item', 'DELETE item']);
      const [, select] = spans;
      expect(select!.attributes).toMatchObject({
        ...{ 'db.system.name': system, 'db.operation.name': 'SELECT', 'db.collection.name': 'item' },
        'db.query.text': expect.stringMatching(/^select \* from .item. where .name. = \? limit \?$/),
        ...(system === 'mysql' && { 'server.address': '127.0.0.1', 'server.port': expect.any(Number) }),
      });
      expect(select!.attributes['db.namespace']).toMatch(/\w/);
      expect(JSON.stringify(spans.map(({ attributes, status }) => [attributes, status]))).not.toContain(SECRET);
    });

    it('a transaction – its beginning and end, too; all belong to the step', async () => {
      const database = await open(await freshUrl());
      const spans = await spansOf(() =>
        database.transaction(async (tx) => {
          await tx.updateTable('item').set({ amount: 2 }).execute();
          await new Promise(setImmediate);
          await tx.selectFrom('item').select('id').execute();
        }),
      );
      const operations = spans.map(({ attributes }) => attributes['db.operation.name']);
      expect(operations.slice(-4)).toEqual(['BEGIN', 'UPDATE', 'SELECT', 'COMMIT']);
    });

    it('a failure – its code, not its message, which holds the value', async () => {
      const { db } = await open(await freshUrl());
      await db
        .insertInto('item')
        .values(item('a', { name: SECRET }))
        .execute();
      const spans = await spansOf(async () => {
        const twice = db.insertInto('item').values(item('b', { name: SECRET }));
        await expect(twice.execute()).rejects.toThrow(/unique|duplicate/i);
      });
      expect(spans[0]!.status).toEqual({ code: 2 });
      expect(spans[0]!.attributes['error.type']).toMatch(/^(ERR_SQLITE_ERROR|ER_DUP_ENTRY)$/);
    });

    it('a step that is not recorded – no spans, and none of opening and migrating', async () => {
      const url = await freshUrl();
      expect(await spansOf(async () => (await open(url)).db.selectFrom('item').select('id').execute(), 0)).toEqual([]);
    });
  });
});

describe('describeStatement', () => {
  const source = { system: 'mysql', namespace: 'task' } as const;

  it.each([
    ['select 1', 'SELECT task'],
    ['begin', 'BEGIN task'],
    ['  (select `a` from `b`)', 'SELECT b'],
    ['insert into "item" ("id") values (?)', 'INSERT item'],
    ['', 'SQL task'],
  ])('%j – %s', (sql, name) => expect(describeStatement(source, sql).name).toBe(name));

  it('a text that is very long – cut', () => {
    const { attributes } = describeStatement(source, `select * from \`t\` where id in (${'?, '.repeat(9_999)}?)`);
    expect(String(attributes!['db.query.text'])).toHaveLength(2_001);
  });
});

const stores = [
  { name: 'folder', fresh: freshFolderStore, missing: false, more: {} },
  {
    name: `S3${s3.note}`,
    fresh: freshS3Store,
    missing: s3.missing,
    more: { 'aws.s3.bucket': expect.any(String), 'aws.s3.key': expect.any(String), 'server.address': '127.0.0.1' },
  },
];

describe.for(stores)('objects in $name', ({ name, fresh, missing, more }) => {
  describe.skipIf(missing)('within a recorded step', () => {
    it('each operation – a span with key and size, and nothing secret', async () => {
      const store = await fresh();
      const spans = await spansOf(async () => {
        await store.put('tasks/1/source', Readable.from([Buffer.from('some '), Buffer.from('text')]));
        (await store.get('tasks/1/source')).body.destroy();
        await store.getBytes('tasks/1/source');
        await store.deletePrefix('tasks/1/');
        await expect(store.get('tasks/1/source')).rejects.toThrow();
        await store.check();
      });
      const about = spans.map(({ name, kind, attributes, status }) => [
        ...[name, kind, attributes['object_store.key'], status.code],
        attributes['object_store.bytes'] ?? attributes['object_store.removed'],
      ]);
      expect(about).toEqual([
        ['put object', 2, 'tasks/1/source', 0, 9],
        ['get object', 2, 'tasks/1/source', 0, 9],
        ['get object', 2, 'tasks/1/source', 0, 9],
        ['delete object', 2, 'tasks/1/', 0, 1],
        ['get object', 2, 'tasks/1/source', 2, undefined],
      ]);
      const system = name === 'folder' ? 'folder' : 's3';
      expect(spans[0]!.attributes).toMatchObject({ 'object_store.system': system, ...more });
      if (system === 's3') {
        expect(JSON.stringify(spans.map(({ attributes }) => attributes))).not.toContain(s3.freshSettings().secretKey);
      }
    });
  });
});
