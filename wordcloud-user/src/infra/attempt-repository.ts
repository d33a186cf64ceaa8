/** Counts log-in attempts in SQL. */
import { type Database, isUniqueViolation } from '@wordcloud/storage';
import type { AttemptRepository } from '../domain/ports.ts';
import type { UserSchema } from './schema.ts';

export function createAttemptRepository(database: Database<UserSchema>): AttemptRepository {
  return {
    async begin(key, now, windowMs, most) {
      for (;;) {
        const allowedAt = await countOne(database, key, now, most);
        if (allowedAt !== 'first') return allowedAt;
        try {
          const row = { key_hash: key, attempts: 1, window_ends_at: now + windowMs };
          await database.db.insertInto('log_in_attempt').values(row).execute();
          return undefined;
        } catch (error) {
          // Another attempt was first in the same moment: count this one beside it.
          if (!isUniqueViolation(error)) throw error;
        }
      }
    },
    async clear(key) {
      await database.db.deleteFrom('log_in_attempt').where('key_hash', '=', key).execute();
    },
  };
}

/** @returns the moment from which attempts are allowed again, undefined when this one is, `first` when there was none yet */
function countOne({ transaction }: Database<UserSchema>, key: string, now: number, most: number) {
  return transaction(async (tx): Promise<number | undefined | 'first'> => {
    await tx.deleteFrom('log_in_attempt').where('key_hash', '=', key).where('window_ends_at', '<=', now).execute();
    const { numUpdatedRows } = await tx
      .updateTable('log_in_attempt')
      .set((row) => ({ attempts: row('attempts', '+', 1) }))
      .where('key_hash', '=', key)
      .where('attempts', '<', most)
      .executeTakeFirst();
    if (numUpdatedRows > 0n) return undefined;
    const full = await tx
      .selectFrom('log_in_attempt')
      .select('window_ends_at')
      .where('key_hash', '=', key)
      .executeTakeFirst();
    return full?.window_ends_at ?? 'first';
  });
}
