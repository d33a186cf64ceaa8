/** Why a file gives no text; stable, for programs. */
export type UnreadableCode =
  /** Binary, and none of the formats: an image, a program, an archive. */
  | 'NOT_TEXT'
  /** A document of a kind that is not read, such as an old Word file. */
  | 'UNSUPPORTED_FORMAT'
  /** Needs a password, or is bound to a device. */
  | 'ENCRYPTED'
  /** Cut off or broken. */
  | 'DAMAGED'
  /** Whole, but without a letter: scanned pages. */
  | 'NO_TEXT'
  /** Beyond one of the limits, as it is or unpacked. */
  | 'TOO_LARGE'
  /** The caller's signal came first. */
  | 'STOPPED';

/** A file that no text could be read from. The message is a sentence for whoever sent it, and says what is allowed. */
export class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError';
  readonly code: UnreadableCode;

  constructor(code: UnreadableCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
