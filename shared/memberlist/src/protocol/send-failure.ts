/** The other side, or the way there, is at fault. Everything else is a fault of this machine. */
const REMOTE_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EPIPE',
  'ETIMEDOUT',
]);

/**
 * Tells whether an error of sending says something about the node that was sent to. One that does not (too many open files, no
 * permission, a packet too long) must not make another node suspect.
 */
export function isRemoteFailure(error: Error): boolean {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== undefined && REMOTE_CODES.has(code)) return true;
  return error.cause instanceof Error && isRemoteFailure(error.cause);
}
