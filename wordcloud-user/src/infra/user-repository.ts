/** Accounts in SQL. */
import { type Database, isUniqueViolation } from '@wordcloud/storage';
import type { StoredUser, UserRepository } from '../domain/ports.ts';
import type { UserSchema } from './schema.ts';

export function createUserRepository({ db }: Database<UserSchema>): UserRepository {
  return {
    async insert({ id, username, foldedName, passwordHash, createdAt }) {
      const row = { id, username, folded_name: foldedName, password_hash: passwordHash, created_at: createdAt };
      try {
        await db.insertInto('account').values(row).execute();
        return true;
      } catch (error) {
        if (isUniqueViolation(error)) return false;
        throw error;
      }
    },
    async findByName(foldedName) {
      const row = await db.selectFrom('account').selectAll().where('folded_name', '=', foldedName).executeTakeFirst();
      return row && toUser(row);
    },
    async findById(id) {
      const row = await db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst();
      if (row === undefined) return undefined;
      const { username, createdAt } = toUser(row);
      return { id, username, createdAt };
    },
  };
}

function toUser(row: UserSchema['account']): StoredUser {
  return {
    id: row.id,
    username: row.username,
    foldedName: row.folded_name,
    passwordHash: row.password_hash,
    createdAt: row.created_at,
  };
}
