/** What every database does: the same tests against SQLite and MariaDB. */
import { inspect } from 'node:util';
import { sql } from 'kysely';
import { describe, expect, it, vi } from 'vitest';
import { isForeignKeyViolation, isUniqueViolation, openDatabase, StorageUnavailableError } from '../src/index.ts';
import { databases, open } from './databases.ts';
import { runProcess } from './processes.ts';
import { item, migrations, type Schema } from './schema.ts';

describe.for(databases)('database on $name', ({ freshUrl, missing }) => {
  describe.skipIf(missing)('contract', () => {
    const fresh = async (options = {}) => open(await freshUrl(), options);

    it('numbers, texts and nothing – come back as they were', async () => {
      const { db } = await fresh();
      const data = JSON.stringify({ words: ['词云', '🎨', "O'Neil", '\\', '"', 'a\0b'], long: 'x'.repeat(1_000_000) });
      const row = item('a', { name: ' Ünï 词 🎨 ', data, at: Number.MAX_SAFE_INTEGER, amount: -1 });
      await db.insertInto('item').values(row).execute();
      expect(await db.selectFrom('item').selectAll().where('id', '=', 'a').execute()).toEqual([row]);
    });

    it('JSON – stays a text', async () => {
      const { db } = await fresh();
      await db
        .insertInto('item')
        .values(item('a', { name: '[1]', data: '{"b":1}' }))
        .execute();
      const row = await db.selectFrom('item').select(['name', 'data']).where('id', '=', 'a').executeTakeFirst();
      expect(row).toEqual({ name: '[1]', data: '{"b":1}' });
    });

    it('counts and sums – are numbers', async () => {
      const { db } = await fresh();
      await db
        .insertInto('item')
        .values([item('a', { at: 1_800_000_000_000 }), item('b', { at: 1_800_000_000_000 })])
        .execute();
      const row = await db
        .selectFrom('item')
        .select(({ fn }) => [fn.countAll().as('count'), fn.sum('at').as('sum'), fn.max('at').as('max')])
        .executeTakeFirst();
      expect(row).toEqual({ count: 3, sum: 3_600_000_000_000, max: 1_800_000_000_000 });
    });

    it('yes and no – are 1 and 0', async () => {
      const { db } = await fresh();
      await sql`update item set amount = ${true}, at = ${false}`.execute(db);
      expect(await db.selectFrom('item').select(['amount', 'at']).execute()).toEqual([{ amount: 1, at: 0 }]);
    });

    it('texts that differ in case or accent – are different keys', async () => {
      const { db } = await fresh();
      const rows = [item('a', { name: 'anna' }), item('A', { name: 'Anna' }), item('b', { name: 'ánna' })];
      await db.insertInto('item').values(rows).execute();
      expect(await db.selectFrom('item').select('id').where('name', '=', 'Anna').execute()).toEqual([{ id: 'A' }]);
      expect(await db.selectFrom('item').select('id').where('id', '=', 'A').execute()).toEqual([{ id: 'A' }]);
      expect(await db.selectFrom('item').select('name').where('name', 'like', '%ann%').execute()).toEqual(
        expect.arrayContaining([{ name: 'anna' }]),
      );
    });

    it('a key for the second time – isUniqueViolation and nothing else', async () => {
      const { db } = await fresh();
      await db
        .insertInto('item')
        .values(item('a', { name: 'x' }))
        .execute();
      const sameId = await db
        .insertInto('item')
        .values(item('a'))
        .execute()
        .catch((error: unknown) => error);
      const sameName = await db
        .insertInto('item')
        .values(item('b', { name: 'x' }))
        .execute()
        .catch((error: unknown) => error);
      expect([sameId, sameName].map(isUniqueViolation)).toEqual([true, true]);
      expect([sameId, sameName].map(isForeignKeyViolation)).toEqual([false, false]);
      expect([undefined, 'x', new Error('x')].map(isUniqueViolation)).toEqual([false, false, false]);
    });

    it('a part of nothing, or deleting a whole – isForeignKeyViolation and nothing else', async () => {
      const { db } = await fresh();
      const orphan = await db
        .insertInto('part')
        .values({ id: 'p', item_id: 'none' })
        .execute()
        .catch((error: unknown) => error);
      await db.insertInto('part').values({ id: 'p', item_id: 'first' }).execute();
      const deleted = await db
        .deleteFrom('item')
        .execute()
        .catch((error: unknown) => error);
      expect([orphan, deleted].map(isForeignKeyViolation)).toEqual([true, true]);
      expect([orphan, deleted].map(isUniqueViolation)).toEqual([false, false]);
    });

    it('work that throws – its own error, and nothing is written', async () => {
      const { db, transaction } = await fresh();
      const failure = new Error('changed my mind');
      const work = vi.fn();
      const failing = transaction(async (tx) => {
        work();
        await tx.insertInto('item').values(item('a')).execute();
        throw failure;
      });
      await expect(failing).rejects.toBe(failure);
      expect(work).toHaveBeenCalledTimes(1);
      expect(await db.selectFrom('item').select('id').execute()).toEqual([{ id: 'first' }]);
    });

    it('forty transactions at once that read and write – none is lost', async () => {
      const { db, kind, transaction } = await fresh();
      const raise = () =>
        transaction(async (tx) => {
          const { amount } = await tx
            .selectFrom('item')
            .select('amount')
            .where('id', '=', 'first')
            .$if(kind === 'mysql', (query) => query.forUpdate())
            .executeTakeFirstOrThrow();
          await tx
            .updateTable('item')
            .set({ amount: amount + 1 })
            .where('id', '=', 'first')
            .execute();
          return amount;
        });
      const before = await Promise.all(Array.from({ length: 40 }, raise));
      expect(before.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n));
      expect(await db.selectFrom('item').select('amount').execute()).toEqual([{ amount: 40 }]);
    });

    it('several processes that read and write – none is lost', async () => {
      const url = await freshUrl();
      await Promise.all([1, 2, 3].map(() => runProcess(url, 'count', '100')));
      const { db } = await open(url);
      expect(await db.selectFrom('item').select('amount').execute()).toEqual([{ amount: 300 }]);
    });

    it('a query outside of an open transaction – does not take part in it', async () => {
      const { db, transaction } = await fresh();
      let outside: Promise<unknown> | undefined;
      const failing = transaction(async (tx) => {
        await tx.updateTable('item').set({ amount: 1 }).execute();
        outside = db.selectFrom('item').select('amount').execute();
        await tx.updateTable('item').set({ amount: 2 }).execute();
        throw new Error('rolled back');
      });
      await expect(failing).rejects.toThrow('rolled back');
      expect(await outside).toEqual([{ amount: 0 }]);
    });

    it('a transaction that always loses – is tried ten times, then its error is thrown', async () => {
      const { transaction } = await fresh({ random: () => 0 });
      const deadlock = Object.assign(new Error('Deadlock found'), { errno: 1213 });
      const work = vi.fn(() => Promise.reject(deadlock));
      await expect(transaction(work)).rejects.toBe(deadlock);
      expect(work).toHaveBeenCalledTimes(10);
    });

    it('a transaction that loses for fifteen seconds – is not tried again', async () => {
      let time = 0;
      const { transaction } = await fresh({ random: () => 0, now: () => time });
      const timeout = Object.assign(new Error('Lock wait timeout exceeded'), { errno: 1205 });
      const work = vi.fn(() => {
        time += 10_000;
        return Promise.reject(timeout);
      });
      await expect(transaction(work)).rejects.toBe(timeout);
      expect(work).toHaveBeenCalledTimes(2);
    });

    it('a row set to what it was – counts as updated', async () => {
      const { db } = await fresh();
      const { numUpdatedRows } = await db.updateTable('item').set({ amount: 0 }).executeTakeFirstOrThrow();
      expect(numUpdatedRows).toBe(1n);
    });

    it('a statement that fails – its error says nothing of the other values', async () => {
      const { db } = await fresh();
      const error = await db
        .insertInto('item')
        .values(item('first', { data: 's3cret-hash' }))
        .execute()
        .catch((error: Error) => error);
      expect(isUniqueViolation(error)).toBe(true);
      expect(inspect(error, { depth: 5, showHidden: true })).not.toContain('s3cret-hash');
    });

    it('closed and opened again – the data are there, and migrations do not run again', async () => {
      const url = await freshUrl();
      const logger = { info: vi.fn(), warn: vi.fn() };
      const first = await openDatabase<Schema>({ url, migrations, logger });
      await first.db.insertInto('item').values(item('kept')).execute();
      await first.close();
      const second = await open(url, { logger });
      expect(await second.db.selectFrom('item').select('id').orderBy('id').execute()).toEqual([
        { id: 'first' },
        { id: 'kept' },
      ]);
      expect(logger.info).toHaveBeenCalledTimes(1);
      expect(logger.info.mock.calls[0]?.[0]).toEqual({ migrations: ['1-items', '2-parts', '3-first-item'] });
    });

    it('four processes start at once – each migration runs once, with name and time', async () => {
      const url = await freshUrl();
      await Promise.all([1, 2, 3, 4].map(() => runProcess(url, 'migrate')));
      const { db } = await open(url);
      const { rows } = await sql<{ name: string; timestamp: string }>`
        select name, timestamp from kysely_migration order by name`.execute(db);
      expect(rows.map(({ name }) => name)).toEqual(['1-items', '2-parts', '3-first-item']);
      for (const { timestamp } of rows) expect(Math.abs(Date.now() - Date.parse(timestamp))).toBeLessThan(60_000);
      expect(await db.selectFrom('item').select('id').execute()).toEqual([{ id: 'first' }]);
    });

    it('a later version – runs only what is new', async () => {
      const url = await freshUrl();
      await open(url);
      const up = vi.fn(async () => {});
      await open(url, { migrations: { ...migrations, '4-more': { up } } });
      expect(up).toHaveBeenCalledTimes(1);
    });

    it('a migration that fails – is named, and the next start tries it again', async () => {
      const url = await freshUrl();
      const up = vi.fn().mockRejectedValueOnce(new Error('no such column'));
      const later = { ...migrations, '4-more': { up } };
      await expect(open(url, { migrations: later })).rejects.toThrow(
        /^the database .* cannot be migrated \(4-more\): no such column$/,
      );
      await open(url, { migrations: later });
      expect(up).toHaveBeenCalledTimes(2);
    });

    it('check – says nothing while open, StorageUnavailableError after close', async () => {
      const database = await openDatabase({ url: await freshUrl(), migrations });
      await expect(database.check()).resolves.toBeUndefined();
      await database.close();
      await expect(database.check()).rejects.toThrow(StorageUnavailableError);
    });
  });
});
