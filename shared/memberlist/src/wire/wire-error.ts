/** What can be wrong with bytes from the network, or with what is to be sent. */
export type WireErrorCode =
  /** The bytes end before the message does. */
  | 'TRUNCATED'
  /** No msgpack, or a value of another kind or size than the field's. */
  | 'BAD_MESSAGE'
  | 'UNKNOWN_TYPE'
  /** A label that cannot be read, or one where none may be. */
  | 'BAD_LABEL'
  | 'LABEL_MISMATCH'
  /** There are keys, and what came is not encrypted. */
  | 'NOT_ENCRYPTED'
  /** What came is encrypted, and there are no keys. */
  | 'REMOTE_ENCRYPTED'
  | 'NO_KEY'
  | 'UNSUPPORTED_VERSION'
  | 'BAD_CHECKSUM'
  | 'BAD_COMPRESSION'
  | 'TOO_LARGE'
  /** A key of a wrong size, or one that may not be used or removed. */
  | 'BAD_KEY';

/** The only error that reading and writing messages throws. Where upstream has words for it, they are used. */
export class WireError extends Error {
  override readonly name = 'WireError';
  readonly code: WireErrorCode;

  constructor(code: WireErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
