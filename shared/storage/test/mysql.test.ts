/** What only a database server does: deadlocks, lock time-outs, sessions, being away, refusing. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Database, StorageUnavailableError } from '../src/index.ts';
import { mariaDb, open } from './databases.ts';
import { item, type Schema } from './schema.ts';

/** Lets go when so many have come. */
function barrier(parties: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let left = parties;
  return () => {
    if (--left <= 0) resolve();
    return promise;
  };
}

const raise = (id: string) => sql`update item set amount = amount + 1 where id = ${id}`;

async function withTwoItems(): Promise<Database<Schema>> {
  const database = await open(mariaDb.freshUrl());
  await database.db.deleteFrom('item').execute();
  await database.db
    .insertInto('item')
    .values([item('a'), item('b')])
    .execute();
  return database;
}

/** A way to the server that the test can shut. */
async function gate(url: string) {
  const sockets = new Set<Socket>();
  const target = new URL(url);
  const server = createServer((socket) => {
    const onward = connect(Number(target.port), target.hostname);
    for (const [end, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      sockets.add(end);
      end.pipe(other);
      end.on('error', () => other.destroy());
    }
  });
  const shut = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(shut);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const through = new URL(url);
  through.port = String((server.address() as AddressInfo).port);
  const openAgain = async () => {
    server.listen(Number(through.port), '127.0.0.1');
    await once(server, 'listening');
  };
  return { url: through.href, shut, openAgain };
}

describe.skipIf(mariaDb.missing)(`MySQL protocol on MariaDB${mariaDb.note}`, () => {
  it('ssl-mode=REQUIRED – what goes over the network is encrypted', async () => {
    const ciphers = async (end: string) => {
      const { db } = await open(`${mariaDb.freshUrl()}${end}`);
      const { rows } = await sql<{ Value: string }>`show status like 'Ssl_cipher'`.execute(db);
      return rows.map(({ Value }) => Value);
    };
    expect(await ciphers('')).toEqual(['']);
    expect(await ciphers('?ssl-mode=REQUIRED')).toEqual([expect.stringMatching(/^TLS_/)]);
  });

  it('ssl-mode=VERIFY_IDENTITY – a certificate that nobody has signed is refused at once', async () => {
    const opening = open(`${mariaDb.freshUrl()}?ssl-mode=VERIFY_IDENTITY`);
    await expect(opening).rejects.toThrow(StorageUnavailableError);
    await expect(opening).rejects.toThrow(/ refuses: .*self-signed certificate/);
  });

  it('two transactions lock each other out – the one that loses is repeated, both are done', async () => {
    const { db, transaction } = await withTwoItems();
    const both = barrier(2);
    const attempts: string[] = [];
    const crosswise = (first: string, second: string) =>
      transaction(async (tx) => {
        attempts.push(first);
        await raise(first).execute(tx);
        await both();
        await raise(second).execute(tx);
      });
    await Promise.all([crosswise('a', 'b'), crosswise('b', 'a')]);
    expect(attempts).toHaveLength(3);
    expect(await db.selectFrom('item').select('amount').execute()).toEqual([{ amount: 2 }, { amount: 2 }]);
  });

  it('a lock that does not come – the transaction is repeated', async () => {
    const { db, transaction } = await withTwoItems();
    const [held, wanted] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const holder = transaction(async (tx) => {
      await raise('a').execute(tx);
      held.resolve();
      await wanted.promise;
    });
    await held.promise;
    let attempts = 0;
    await transaction(async (tx) => {
      if (++attempts === 2) {
        wanted.resolve();
        await holder;
      }
      await sql`set session innodb_lock_wait_timeout = 1`.execute(tx);
      await raise('a').execute(tx);
    });
    expect(attempts).toBe(2);
    expect(await db.selectFrom('item').select('amount').where('id', '=', 'a').execute()).toEqual([{ amount: 2 }]);
  });

  it('every connection – read committed, UTC, strict, utf8mb4', async () => {
    const { transaction } = await open(mariaDb.freshUrl());
    const together = barrier(5);
    const sessions = Array.from({ length: 5 }, () =>
      transaction(async (tx) => {
        await together();
        // MySQL and MariaDB name it differently.
        const isolation = await sql<{ Value: string }>`
          show session variables where variable_name in ('tx_isolation', 'transaction_isolation')`.execute(tx);
        const others = await sql<object>`
          select @@time_zone as zone, @@sql_mode as mode, @@character_set_connection as charset,
            @@collation_database as collation`.execute(tx);
        return { ...others.rows[0], isolation: isolation.rows[0]?.Value };
      }),
    );
    for (const session of await Promise.all(sessions)) {
      expect(session).toEqual({
        isolation: 'READ-COMMITTED',
        zone: '+00:00',
        mode: expect.stringContaining('STRICT_ALL_TABLES'),
        charset: 'utf8mb4',
        collation: 'utf8mb4_bin',
      });
    }
  });

  it('a database made by someone else, with another collation – texts are still compared exactly', async () => {
    const url = mariaDb.freshUrl();
    const owner = await open(mariaDb.freshUrl());
    const name = new URL(url).pathname.slice(1);
    await sql`create database ${sql.id(name)} character set latin1`.execute(owner.db);
    const { db } = await open(url);
    await db
      .insertInto('item')
      .values([item('a', { name: '词 anna' }), item('A', { name: '词 Anna' })])
      .execute();
    expect(await db.selectFrom('item').select('id').where('name', '=', '词 Anna').execute()).toEqual([{ id: 'A' }]);
  });

  it('a text that is too long, a letter that is not ASCII in an id – refused, not cut', async () => {
    const { db } = await open(mariaDb.freshUrl());
    await expect(
      db
        .insertInto('item')
        .values(item('a', { name: 'x'.repeat(21) }))
        .execute(),
    ).rejects.toThrow(/too long/);
    await expect(db.insertInto('item').values(item('ä')).execute()).rejects.toThrow(/Incorrect string value/);
  });

  it('a user without the right to make databases – uses one that is there, and is told when none is', async () => {
    const url = mariaDb.freshUrl();
    const owner = await open(url);
    const user = `u${crypto.randomUUID().slice(0, 8)}`;
    const name = new URL(url).pathname.slice(1);
    await sql`create user ${sql.id(user)} identified by 's3cret'`.execute(owner.db);
    await sql`grant all on ${sql.id(name)}.* to ${sql.id(user)}`.execute(owner.db);
    const asUser = Object.assign(new URL(url), { username: user, password: 's3cret' });
    const { db } = await open(asUser.href);
    expect(await db.selectFrom('item').select('id').execute()).toEqual([{ id: 'first' }]);
    asUser.pathname = '/not_there';
    await expect(open(asUser.href)).rejects.toThrow(/^the database not_there at 127.0.0.1:\d+ refuses: Access denied/);
  });

  it('a wrong password – refused at once, in words without the password', async () => {
    const url = Object.assign(new URL(mariaDb.freshUrl()), { password: 's3cret' });
    const logger = { info: vi.fn(), warn: vi.fn() };
    const opening = open(url.href, { logger });
    await expect(opening).rejects.toThrow(StorageUnavailableError);
    await expect(opening).rejects.toThrow(/^((?!s3cret).)*Access denied((?!s3cret).)*$/);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('a server that comes up later – is waited for, with a line that says so', async () => {
    const url = mariaDb.freshUrl();
    const { url: through, shut, openAgain } = await gate(url);
    shut();
    const logger = { info: vi.fn(), warn: vi.fn() };
    const opening = open(through, { logger });
    await expect.poll(() => logger.warn.mock.calls.length).toBe(1);
    await openAgain();
    const { db } = await opening;
    expect(await db.selectFrom('item').select('id').execute()).toEqual([{ id: 'first' }]);
    const said = JSON.stringify(logger.warn.mock.calls);
    expect(said).toMatch(/waiting for the database test_\w+ at 127.0.0.1:\d+/);
    expect(said).not.toContain(new URL(url).password);
    expect(said).not.toContain(decodeURIComponent(new URL(url).password));
  });

  it('a server that stays away – StorageUnavailableError after the given time', async () => {
    const { url, shut } = await gate(mariaDb.freshUrl());
    shut();
    await expect(open(url, { connectTimeoutMs: 600 })).rejects.toThrow(/cannot be used after 1 s: .*ECONNREFUSED/);
  });

  it('the server goes away and comes back – StorageUnavailableError meanwhile, then all is well', async () => {
    const { url, shut, openAgain } = await gate(mariaDb.freshUrl());
    const database = await open(url);
    shut();
    await expect.poll(() => database.check().catch((error: unknown) => error)).toBeInstanceOf(StorageUnavailableError);
    await expect(database.db.selectFrom('item').select('id').execute()).rejects.toThrow(StorageUnavailableError);
    await openAgain();
    await database.check();
    expect(await database.db.selectFrom('item').select('id').execute()).toEqual([{ id: 'first' }]);
  });

  it('the server ends the connection of a transaction – StorageUnavailableError, nothing is done, the next one works', async () => {
    const url = mariaDb.freshUrl();
    const [database, other] = [await open(url, { poolSize: 1 }), await open(url)];
    const work = vi.fn(async (tx: Database<Schema>['db']) => {
      await raise('first').execute(tx);
      const { rows } = await sql<{ id: number }>`select connection_id() as id`.execute(tx);
      await sql.raw(`kill ${rows[0]?.id}`).execute(other.db);
      await raise('first').execute(tx);
    });
    await expect(database.transaction(work)).rejects.toThrow(StorageUnavailableError);
    expect(work).toHaveBeenCalledTimes(1);
    await database.transaction((tx) => raise('first').execute(tx));
    expect(await database.db.selectFrom('item').select('amount').execute()).toEqual([{ amount: 1 }]);
  });

  it('more transactions than connections – wait for their turn', async () => {
    const database = await open(mariaDb.freshUrl(), { poolSize: 2 });
    await Promise.all(Array.from({ length: 20 }, () => database.transaction((tx) => raise('first').execute(tx))));
    expect(await database.db.selectFrom('item').select('amount').execute()).toEqual([{ amount: 20 }]);
  });
});
