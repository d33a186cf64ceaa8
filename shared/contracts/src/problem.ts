/** RFC 9457 problem details: the body of every error answer, and the error that becomes one. */
import Type, { type Static } from 'typebox';
import { ERRORS, type ErrorCode } from './errors.ts';

export const Violation = Type.Object(
  {
    field: Type.String({ description: 'Which field, as a path: `top`, `stopwords/3`' }),
    value: Type.Optional(Type.Unknown({ description: 'What was sent; left out for secrets' })),
    allowed: Type.String({ description: 'What is allowed, as a sentence' }),
  },
  { $id: 'Violation' },
);
export type Violation = Static<typeof Violation>;

export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String(),
    detail: Type.String(),
    requestId: Type.String(),
    traceId: Type.Optional(Type.String({ description: 'Where the request is recorded: the id of its trace' })),
    errors: Type.Optional(Type.Array(Violation)),
  },
  { description: 'RFC 9457 problem details' },
);
export type Problem = Static<typeof Problem>;

export interface ProblemOptions {
  cause?: unknown;
  /** Seconds after which a repetition may succeed; sent as `Retry-After`. */
  retryAfterSeconds?: number;
  errors?: Violation[];
  /**
   * False when the request certainly never reached the other side (the connection could not be made), so that
   * repeating it is safe whatever it does. Default true.
   */
  sent?: boolean;
}

/**
 * An error with a stable code. Thrown anywhere, answered as problem+json at the edge, rebuilt by the client on the other
 * side with the same code.
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly retryAfterSeconds: number | undefined;
  readonly errors: Violation[] | undefined;
  readonly sent: boolean;

  /**
   * @param code which error
   * @param detail a sentence for a person: what is wrong and what can be done
   */
  constructor(code: ErrorCode, detail: string, options: ProblemOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = ERRORS[code].status;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.errors = options.errors;
    this.sent = options.sent ?? true;
  }
}

/** Is it a ProblemError, optionally with one of these codes? */
export function isProblem(error: unknown, ...codes: ErrorCode[]): error is ProblemError {
  return error instanceof ProblemError && (codes.length === 0 || codes.includes(error.code));
}

/** The body that an error is answered with. @param traceId of a request that is recorded */
export function toProblem(error: ProblemError, requestId: string, traceId?: string): Problem {
  return {
    type: `urn:wordcloud:error:${error.code}`,
    title: ERRORS[error.code].title,
    status: error.status,
    code: error.code,
    detail: error.message,
    requestId,
    ...(traceId !== undefined && { traceId }),
    ...(error.errors && { errors: error.errors }),
  };
}
