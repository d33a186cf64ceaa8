/**
 * A process that uses a database as a service does. Arguments: URL, and what to do:
 * `migrate` opens and closes; `count <n>` raises the amount of the first item n times, each in a transaction that reads and
 * writes; `insert` puts in items for ever and tells the parent of each after its commit.
 */
import { openDatabase } from '../src/index.ts';
import { item, migrations, type Schema } from './schema.ts';

const [url = '', work, times] = process.argv.slice(2);
const database = await openDatabase<Schema>({ url, migrations });

async function raise(): Promise<void> {
  await database.transaction(async (tx) => {
    const { amount } = await tx
      .selectFrom('item')
      .select('amount')
      .where('id', '=', 'first')
      .$if(database.kind === 'mysql', (query) => query.forUpdate())
      .executeTakeFirstOrThrow();
    await tx
      .updateTable('item')
      .set({ amount: amount + 1 })
      .where('id', '=', 'first')
      .execute();
  });
}

if (work === 'count') for (let n = 0; n < Number(times); n++) await raise();
if (work === 'insert') {
  for (let n = 0; ; n++) {
    await database.transaction((tx) =>
      tx
        .insertInto('item')
        .values(item(`n${n}`))
        .execute(),
    );
    process.send?.(n);
  }
}
await database.close();
process.disconnect();
