/** What can go wrong with storage, as classes with stable codes. No message holds a secret. */

/** There is no object under the key. */
export class ObjectNotFoundError extends Error {
  override readonly name = 'ObjectNotFoundError';
  readonly code = 'OBJECT_NOT_FOUND';

  constructor(key: string, options?: ErrorOptions) {
    super(`There is no object "${key}".`, options);
  }
}

/** The key could leave the folder or is not what every store understands. */
export class InvalidKeyError extends Error {
  override readonly name = 'InvalidKeyError';
  readonly code = 'INVALID_KEY';

  constructor(key: string) {
    super(
      `Object key ${JSON.stringify(key.slice(0, 100))}: allowed are segments of A-Z a-z 0-9 . _ - separated by "/", none of them "." or "..", at most 512 characters.`,
    );
  }
}

/** The object is larger than the caller can take. */
export class ObjectTooLargeError extends Error {
  override readonly name = 'ObjectTooLargeError';
  readonly code = 'OBJECT_TOO_LARGE';

  constructor(key: string, maxBytes: number) {
    super(`Object "${key}" has more than ${maxBytes} bytes.`);
  }
}

/** The store or the database is away. */
export class StorageUnavailableError extends Error {
  override readonly name = 'StorageUnavailableError';
  readonly code = 'STORAGE_UNAVAILABLE';
}
