/** What the errors of both databases mean. */

/** `errno` of mysql2 is MySQL's error number; `errcode` of node:sqlite is SQLite's extended result code. */
interface SqlError {
  errno?: number;
  errcode?: number;
  /** mysql2: the connection cannot be used any more. */
  fatal?: boolean;
}

const codesOf = (error: unknown): SqlError => (typeof error === 'object' && error !== null ? error : {});

/** A unique index or primary key forbids the row. */
export function isUniqueViolation(error: unknown): boolean {
  const { errno, errcode } = codesOf(error);
  // ER_DUP_ENTRY; SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE.
  return errno === 1062 || errcode === 1555 || errcode === 2067;
}

/** A foreign key forbids the row, or forbids deleting it. */
export function isForeignKeyViolation(error: unknown): boolean {
  const { errno, errcode } = codesOf(error);
  // ER_ROW_IS_REFERENCED_2, ER_NO_REFERENCED_ROW_2; SQLITE_CONSTRAINT_FOREIGNKEY.
  return errno === 1451 || errno === 1452 || errcode === 787;
}

/** A transaction that lost against another one and was undone: done again it may succeed. */
export function isRepeatable(error: unknown): boolean {
  const { errno } = codesOf(error);
  // ER_LOCK_WAIT_TIMEOUT, ER_LOCK_DEADLOCK, ER_CHECKREAD (MariaDB: the row changed since it was read).
  return errno === 1205 || errno === 1213 || errno === 1020 || isBusy(error);
}

/** SQLite: another connection holds the lock. Nothing has been done. */
export function isBusy(error: unknown): boolean {
  const { errcode } = codesOf(error);
  // The low byte is the primary code, SQLITE_BUSY.
  return errcode !== undefined && (errcode & 0xff) === 5;
}

/** MySQL: the connection broke, or the server ended it. */
export function isConnectionLost(error: unknown): boolean {
  const { errno, fatal } = codesOf(error);
  // ER_SERVER_SHUTDOWN, ER_CONNECTION_KILLED of MariaDB.
  return fatal === true || errno === 1053 || errno === 1927;
}
