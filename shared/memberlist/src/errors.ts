/** What can go wrong, for programs; the message says it for people. */
export type MemberlistErrorCode =
  | 'BAD_OPTION'
  | 'BAD_ADDRESS'
  | 'ADDRESS_IN_USE'
  | 'JOIN_FAILED'
  | 'JOIN_REFUSED'
  | 'INCOMPATIBLE_PROTOCOL'
  | 'NO_ANSWER'
  | 'NO_REPLY_TO_PING'
  | 'UNREACHABLE'
  | 'REMOTE_ERROR'
  | 'WRONG_LABEL'
  | 'WRONG_KEY'
  | 'BAD_REPLY'
  | 'TOO_LARGE'
  | 'UNKNOWN_NODE'
  | 'TIMEOUT'
  | 'ABORTED'
  | 'CLOSED';

/** Every error that this library throws or rejects with. */
export class MemberlistError extends Error {
  override readonly name = 'MemberlistError';
  readonly code: MemberlistErrorCode;

  constructor(code: MemberlistErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** None of the addresses could be joined; `errors` has the reason of each, in their order. */
export class JoinError extends MemberlistError {
  readonly errors: readonly Error[];

  constructor(errors: readonly Error[]) {
    super('JOIN_FAILED', `could not join any node: ${errors.map(({ message }) => message).join('; ')}`);
    this.errors = errors;
  }
}
