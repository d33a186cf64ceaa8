/** What the errors of both databases mean. */

/** `errno` of mysql2 is MySQL's error number; `errcode` of node:sqlite is SQLite's extended result code. */
interface SqlError {
  errno?: number;
  errcode?: number;
}

/** A unique index or primary key forbids the row. */
export function isUniqueViolation(error: unknown): boolean {
  const { errno, errcode } = error as SqlError;
  // ER_DUP_ENTRY; SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE.
  return errno === 1062 || errcode === 1555 || errcode === 2067;
}

/** A transaction that lost against another one: done again it may succeed. */
export function isRepeatable(error: unknown): boolean {
  const { errno, errcode } = error as SqlError;
  // ER_LOCK_WAIT_TIMEOUT, ER_LOCK_DEADLOCK, ER_CHECKREAD (MariaDB: the row changed since it was read); SQLITE_BUSY.
  return errno === 1205 || errno === 1213 || errno === 1020 || (errcode !== undefined && (errcode & 0xff) === 5);
}
