/** Storage of the services: an object store on a folder or S3, and SQL on SQLite or MySQL. */
export { bigintColumn, idColumn, integerColumn, longTextColumn, textColumn } from './columns.ts';
export {
  type Database,
  type DatabaseOptions,
  type Kysely,
  type Migration,
  openDatabase,
  type Transaction,
} from './database.ts';
export { InvalidKeyError, ObjectNotFoundError, ObjectTooLargeError, StorageUnavailableError } from './errors.ts';
export type { ObjectStore, PutOptions, StoredObject } from './object-store.ts';
export { type ObjectStoreSettings, openObjectStore } from './open-object-store.ts';
export { isForeignKeyViolation, isUniqueViolation } from './sql-errors.ts';
export type { StorageLogger } from './storage-logger.ts';
