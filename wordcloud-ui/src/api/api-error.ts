/** What a failed request throws: the problem+json of the bff (RFC 9457) as an error. */
import type { Problem, Violation } from '@wordcloud/contracts';

export interface ApiErrorFields {
  /** HTTP status; 0 when there was no answer. */
  status: number;
  /** A code of `ERRORS`, or `OFFLINE` when there was no answer. */
  code: string;
  detail: string;
  errors?: readonly Violation[];
  retryAfterSeconds?: number | undefined;
  requestId?: string | undefined;
}

export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  /** A sentence of the server, in English. */
  readonly detail: string;
  /** Which fields break which rule; empty when it is not about fields. */
  readonly errors: readonly Violation[];
  readonly retryAfterSeconds: number | undefined;
  readonly requestId: string | undefined;

  constructor(fields: ApiErrorFields, cause?: unknown) {
    super(`${fields.code}: ${fields.detail}`, { cause });
    this.status = fields.status;
    this.code = fields.code;
    this.detail = fields.detail;
    this.errors = fields.errors ?? [];
    this.retryAfterSeconds = fields.retryAfterSeconds;
    this.requestId = fields.requestId;
  }
}

/** Is it an ApiError, optionally with one of these codes? */
export function isApiError(error: unknown, ...codes: string[]): error is ApiError {
  return error instanceof ApiError && (codes.length === 0 || codes.includes(error.code));
}

/** No answer at all, or one of somebody on the way who found nobody behind: a later try may work. */
export function isAwayError(error: unknown): error is ApiError {
  return error instanceof ApiError && (error.code === 'OFFLINE' || [502, 503, 504].includes(error.status));
}

/** The network failed, or the browser refused. An abort is passed on as it is. */
export function offlineError(cause: unknown): ApiError {
  return new ApiError({ status: 0, code: 'OFFLINE', detail: 'There was no answer.' }, cause);
}

/**
 * @param body the text of the answer; what is not problem+json (a proxy's page) gives the code of its status
 * @param header reads a header of the answer
 */
export function errorFromAnswer(status: number, body: string, header: (name: string) => string | null): ApiError {
  const problem = parseProblem(body);
  const seconds = Number(header('retry-after') ?? Number.NaN);
  return new ApiError({
    status,
    code: problem.code ?? (status >= 502 && status <= 504 ? 'UNAVAILABLE' : 'INTERNAL'),
    detail: problem.detail ?? `The server answered ${status}.`,
    ...(problem.errors && { errors: problem.errors }),
    retryAfterSeconds: Number.isFinite(seconds) ? seconds : undefined,
    requestId: problem.requestId ?? header('x-request-id') ?? undefined,
  });
}

function parseProblem(body: string): Partial<Problem> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
