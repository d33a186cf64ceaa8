/** What only SQLite does: one connection per process, several processes on one file, death at any moment. */
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { StorageUnavailableError } from '../src/index.ts';
import { freshSqliteUrl, open } from './databases.ts';
import { startProcess } from './processes.ts';
import { item } from './schema.ts';
import { freshFolder } from './stores.ts';

describe('SQLite', () => {
  it('opened – WAL, foreign keys, safe against the death of a process', async () => {
    const { db } = await open(await freshSqliteUrl());
    const pragma = async (name: string) =>
      Object.values((await sql.raw<object>(`pragma ${name}`).execute(db)).rows[0]!);
    expect(await pragma('journal_mode')).toEqual(['wal']);
    expect(await pragma('foreign_keys')).toEqual([1]);
    expect(await pragma('synchronous')).toEqual([1]);
  });

  it('in memory – works, each for itself', async () => {
    const [one, other] = [await open('sqlite::memory:'), await open('sqlite::memory:')];
    await one.db.insertInto('item').values(item('a')).execute();
    expect(await other.db.selectFrom('item').select('id').execute()).toEqual([{ id: 'first' }]);
  });

  it('a query while a transaction is open – waits for its end', async () => {
    const { db, transaction } = await open(await freshSqliteUrl());
    const order: string[] = [];
    let outside: Promise<unknown> | undefined;
    await transaction(async (tx) => {
      outside = db
        .updateTable('item')
        .set({ amount: 2 })
        .execute()
        .then(() => order.push('outside'));
      await pause(20);
      await tx.updateTable('item').set({ amount: 1 }).execute();
      order.push('inside');
    });
    await outside;
    expect(order).toEqual(['inside', 'outside']);
    expect(await db.selectFrom('item').select('amount').execute()).toEqual([{ amount: 2 }]);
  });

  it('another process holds the lock – statement and transaction wait without blocking the event loop', async () => {
    const url = await freshSqliteUrl();
    const { db, transaction } = await open(url);
    const other = new DatabaseSync(url.slice('sqlite:'.length));
    other.exec('begin immediate; update item set amount = 1');
    const raise = sql`update item set amount = amount + 1`;
    const waiting = [raise.execute(db), transaction((tx) => raise.execute(tx))];
    // Blocked, this process would not get here before the other one gives the lock back, which is it itself.
    for (let turn = 0; turn < 10; turn++) await pause(10);
    other.exec('commit');
    await Promise.all(waiting);
    other.close();
    expect(await db.selectFrom('item').select('amount').execute()).toEqual([{ amount: 3 }]);
  });

  it('the disk is full in a transaction – says so, nothing is done, the next one works', async () => {
    const { db, transaction } = await open(await freshSqliteUrl());
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db);
    await sql.raw(`pragma max_page_count = ${rows[0]?.page_count}`).execute(db);
    const failing = transaction(async (tx) => {
      await tx.updateTable('item').set({ amount: 1 }).execute();
      await tx
        .insertInto('item')
        .values(item('a', { data: 'x'.repeat(1_000_000) }))
        .execute();
    });
    await expect(failing).rejects.toThrow(/disk is full/);
    await transaction((tx) => sql`update item set amount = amount + 5`.execute(tx));
    expect(await db.selectFrom('item').select(['id', 'amount']).execute()).toEqual([{ id: 'first', amount: 5 }]);
  });

  it('the process is killed while it writes – all that was committed is there', async () => {
    const url = await freshSqliteUrl();
    const child = startProcess(url, 'insert');
    let last = -1;
    child.on('message', (n: number) => {
      last = n;
      if (n === 200) child.kill('SIGKILL');
    });
    await once(child, 'close');
    expect(last).toBeGreaterThanOrEqual(200);
    const { db } = await open(url);
    const rows = await db.selectFrom('item').select('id').execute();
    const ids = new Set(rows.map(({ id }) => id));
    expect(Array.from({ length: last + 1 }, (_, n) => `n${n}`).filter((id) => !ids.has(id))).toEqual([]);
  });

  it('the migration of a new version fails in the middle – nothing of it is left', async () => {
    const url = await freshSqliteUrl();
    const opening = open(url, {
      migrations: {
        '1-half': {
          up: async (db) => {
            await sql`create table half (id integer)`.execute(db);
            throw new Error('second half');
          },
        },
      },
    });
    await expect(opening).rejects.toThrow(/1-half\): second half/);
    const file = new DatabaseSync(url.slice('sqlite:'.length));
    expect(file.prepare("select name from sqlite_master where name = 'half'").all()).toEqual([]);
    file.close();
  });

  it('a file that cannot be opened – says which and why', async () => {
    const folder = await freshFolder();
    await writeFile(join(folder, 'file'), 'text');
    const opening = open(`sqlite:${folder}/file/test.db`);
    await expect(opening).rejects.toThrow(StorageUnavailableError);
    await expect(opening).rejects.toThrow(/file\/test.db cannot be opened or migrated: EEXIST/);
    await expect(open(`sqlite:${folder}/file`)).rejects.toThrow(/not a database/);
  });
});
