/** Services answer only each other: every route of an internal service wants the service token. */
import { timingSafeEqual } from 'node:crypto';
import { ProblemError } from '@wordcloud/contracts';
import type { onRequestHookHandler } from 'fastify';

/** A hook that refuses requests without `Authorization: Bearer <token>`. How long it takes tells only the length of the token. */
export function requireServiceToken(token: string): onRequestHookHandler {
  const expected = Buffer.from(`Bearer ${token}`);
  return (request, _reply, done) => {
    const given = Buffer.from(request.headers.authorization ?? '');
    if (given.length === expected.length && timingSafeEqual(given, expected)) return done();
    done(new ProblemError('UNAUTHENTICATED', 'This service answers only services with the service token.'));
  };
}
