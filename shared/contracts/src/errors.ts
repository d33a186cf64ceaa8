/**
 * Every error code that crosses a process boundary, with its HTTP status and title. A code is stable: programs branch on
 * it, `docs/errors.md` explains it, and it is the same on every hop. `ProblemError` carries one through the code.
 */

export const ERRORS = {
  INVALID_INPUT: { status: 400, title: 'The input breaks a rule' },
  BAD_REQUEST: { status: 400, title: 'The request could not be read' },
  UNAUTHENTICATED: { status: 401, title: 'An access token is missing or not valid' },
  TOKEN_EXPIRED: { status: 401, title: 'The access token has expired' },
  BAD_CREDENTIALS: { status: 401, title: 'Unknown name or wrong password' },
  SESSION_ENDED: { status: 401, title: 'The session has ended' },
  CROSS_SITE: { status: 403, title: 'The request comes from another site' },
  NOT_FOUND: { status: 404, title: 'Not found' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'The method is not allowed here' },
  USERNAME_TAKEN: { status: 409, title: 'The name is taken' },
  NOT_READY: { status: 409, title: 'The word cloud is not finished' },
  NO_LAYOUT: { status: 409, title: 'The word cloud was made before this format was there' },
  NOT_RETRYABLE: { status: 409, title: 'The task is still being worked on' },
  STALE_ATTEMPT: { status: 409, title: 'Another attempt has taken over the task' },
  TOO_LARGE: { status: 413, title: 'The upload is too large' },
  NOT_TEXT: { status: 415, title: 'The file is not a text' },
  NOT_IMAGE: { status: 415, title: 'The mask is not an image' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The content type is not supported' },
  EMPTY_TEXT: { status: 422, title: 'The text holds no word to count' },
  BAD_MASK: { status: 422, title: 'The mask leaves no room for words' },
  NO_DRAWABLE_WORDS: { status: 422, title: 'No word can be drawn' },
  TOO_MANY_ATTEMPTS: { status: 429, title: 'Too many wrong log-ins' },
  RATE_LIMITED: { status: 429, title: 'Too many requests' },
  INTERNAL: { status: 500, title: 'Something went wrong here' },
  BAD_ANSWER: { status: 502, title: 'A service answered in a way that was not understood' },
  UNAVAILABLE: { status: 503, title: 'A service is away' },
  OVERLOADED: { status: 503, title: 'There is more to do than the service can take' },
  NO_INSTANCE: { status: 503, title: 'No instance of a service is available' },
  SHUTTING_DOWN: { status: 503, title: 'The service is shutting down' },
  DEADLINE_EXCEEDED: { status: 504, title: 'The time for the request is over' },
  GAVE_UP: { status: 500, title: 'The task failed too often' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof ERRORS;

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERRORS, value);
}
