/** What the errors of an S3 server, and of the way to it, mean. */
import { ObjectNotFoundError, StorageUnavailableError } from './errors.ts';

interface S3Error {
  code?: string;
  message?: string;
}

/** The client has no code for these answers; it says them in the message only. */
const OVERLOADED = /Retryable HTTP status/;

const TRANSIENT = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'EAI_AGAIN',
  'InternalError',
  'OperationAborted',
  'RequestTimeout',
  'ServiceUnavailable',
  'SlowDown',
]);

/** Worth another try at once. A server that does not answer in time is not: the caller has waited long enough. */
export function isTransient(error: unknown): boolean {
  const { code = '', message = '' } = error as S3Error;
  return TRANSIENT.has(code) || OVERLOADED.test(message);
}

/** Wrong keys or rights: waiting does not help. */
export function isRefused(error: unknown): boolean {
  const { code = '' } = ((error as Error).cause ?? error) as S3Error;
  return ['AccessDenied', 'InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidBucketName'].includes(code);
}

/**
 * The error in the words of this package.
 *
 * @param where the server, for the message
 */
export function translate(error: unknown, key: string, where: string): Error {
  const { code, message } = error as S3Error;
  if (code === 'NoSuchKey' || code === 'NotFound') return new ObjectNotFoundError(key, { cause: error });
  const reason = [code, message].filter(Boolean).join(': ') || 'no answer';
  return new StorageUnavailableError(`${where} does not do what it should (${reason}).`, { cause: error });
}
