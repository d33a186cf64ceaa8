/** What can be wrong with what the engine is given. The message names what, and what is allowed. */
export type CloudErrorCode = 'INVALID_OPTION' | 'BAD_MASK' | 'NO_DRAWABLE_WORDS';

export class CloudError extends Error {
  override readonly name = 'CloudError';
  readonly code: CloudErrorCode;

  constructor(code: CloudErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
