/** Counts wrong log-ins in SQL. */
import { type Database, isUniqueViolation, type Transaction } from '@wordcloud/storage';
import type { AttemptRepository } from '../domain/ports.ts';
import type { UserSchema } from './schema.ts';

export function createAttemptRepository({ db, transaction }: Database<UserSchema>): AttemptRepository {
  return {
    async blockedUntil(key, now, most) {
      const row = await db
        .selectFrom('log_in_attempt')
        .select('window_ends_at')
        .where('key_hash', '=', key)
        .where('attempts', '>=', most)
        .where('window_ends_at', '>', now)
        .executeTakeFirst();
      return row?.window_ends_at;
    },

    async countWrong(key, now, windowMs, most) {
      for (;;) {
        const allowedAt = await transaction((tx) => countFurther(tx, key, now, most));
        if (allowedAt !== 'first') return allowedAt;
        try {
          const row = { key_hash: key, attempts: 1, window_ends_at: now + windowMs };
          await db.insertInto('log_in_attempt').values(row).execute();
          return undefined;
        } catch (error) {
          // Another attempt was first in the same moment: count this one beside it.
          if (!isUniqueViolation(error)) throw error;
        }
      }
    },

    clear: (key, now, most) =>
      transaction(async (tx) => {
        await tx
          .deleteFrom('log_in_attempt')
          .where('key_hash', '=', key)
          .where((row) => row.or([row('attempts', '<', most), row('window_ends_at', '<=', now)]))
          .execute();
        return windowEnd(tx, key, most);
      }),
  };
}

/** @returns the moment from which attempts are allowed again, undefined when this one was counted, `first` when there was none yet */
async function countFurther(
  tx: Transaction<UserSchema>,
  key: string,
  now: number,
  most: number,
): Promise<number | undefined | 'first'> {
  await tx.deleteFrom('log_in_attempt').where('key_hash', '=', key).where('window_ends_at', '<=', now).execute();
  const { numUpdatedRows } = await tx
    .updateTable('log_in_attempt')
    .set((row) => ({ attempts: row('attempts', '+', 1) }))
    .where('key_hash', '=', key)
    .where('attempts', '<', most)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return undefined;
  return (await windowEnd(tx, key, most)) ?? 'first';
}

/** @returns when the window of a name and address ends that has reached the limit */
async function windowEnd(tx: Transaction<UserSchema>, key: string, most: number): Promise<number | undefined> {
  const row = await tx
    .selectFrom('log_in_attempt')
    .select('window_ends_at')
    .where('key_hash', '=', key)
    .where('attempts', '>=', most)
    .executeTakeFirst();
  return row?.window_ends_at;
}
