/** Tables for the tests, made by the column types that services use. */
import {
  bigintColumn,
  idColumn,
  integerColumn,
  type Kysely,
  longTextColumn,
  type Migration,
  textColumn,
} from '../src/index.ts';

export interface Schema {
  item: { id: string; name: string | null; data: string | null; at: number; amount: number };
  part: { id: string; item_id: string };
}

async function items({ schema }: Kysely<Schema>): Promise<void> {
  await schema
    .createTable('item')
    .addColumn('id', idColumn(), (column) => column.primaryKey())
    .addColumn('name', textColumn(20), (column) => column.unique())
    .addColumn('data', longTextColumn())
    .addColumn('at', bigintColumn(), (column) => column.notNull())
    .addColumn('amount', integerColumn(), (column) => column.notNull())
    .execute();
}

async function parts({ schema }: Kysely<Schema>): Promise<void> {
  await schema
    .createTable('part')
    .addColumn('id', idColumn(), (column) => column.primaryKey())
    .addColumn('item_id', idColumn(), (column) => column.notNull())
    .addForeignKeyConstraint('part_item', ['item_id'], 'item', ['id'])
    .execute();
}

/** Would fail, or put in a second row, if it ran twice. */
async function firstItem(db: Kysely<Schema>): Promise<void> {
  await db.insertInto('item').values(item('first')).execute();
}

export const migrations: Record<string, Migration> = {
  '1-items': { up: items },
  '2-parts': { up: parts },
  '3-first-item': { up: firstItem },
};

export const item = (id: string, values: Partial<Schema['item']> = {}): Schema['item'] => ({
  id,
  name: null,
  data: null,
  at: 0,
  amount: 0,
  ...values,
});
