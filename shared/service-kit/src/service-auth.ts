/** Services answer only each other: every route of an internal service wants the service token. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { ProblemError } from '@wordcloud/contracts';
import type { onRequestHookHandler } from 'fastify';

/** A hook that refuses requests without `Authorization: Bearer <token>`, in constant time. */
export function requireServiceToken(token: string): onRequestHookHandler {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  const expected = digest(`Bearer ${token}`);
  return async (request) => {
    if (!timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) {
      throw new ProblemError('UNAUTHENTICATED', 'This service answers only services with the service token.');
    }
  };
}
