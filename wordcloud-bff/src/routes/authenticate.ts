/** Who asks: the hook that lets only signed-in users through, and what it knows of them afterwards. */
import { type AccessClaims, ProblemError, type User } from '@wordcloud/contracts';
import type { FastifyRequest, onRequestHookHandler } from 'fastify';
import type { TokenVerifier } from '../domain/ports.ts';
import type { RevocationList } from '../domain/revocations.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every route but the public ones. */
    claims?: AccessClaims;
  }
}

export type Authenticate = (request: FastifyRequest) => Promise<AccessClaims>;

/** @returns a function that throws UNAUTHENTICATED, TOKEN_EXPIRED or SESSION_ENDED for who may not come in */
export function createAuthenticate(verifier: TokenVerifier, revocations: RevocationList): Authenticate {
  return async (request) => {
    const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) {
      throw new ProblemError('UNAUTHENTICATED', 'This wants `Authorization: Bearer <accessToken>`: log in first.');
    }
    const claims = await verifier.verify(token, request.context);
    if (revocations.has(claims.sid)) throw new ProblemError('SESSION_ENDED', 'The session has ended: log in again.');
    return claims;
  };
}

export function authenticationHook(authenticate: Authenticate): onRequestHookHandler {
  return async (request, reply) => {
    reply.header('cache-control', 'private, no-cache');
    request.claims = await authenticate(request);
  };
}

/** The signed-in user of a request behind the hook. */
export function userOf(request: FastifyRequest): User {
  const { sub, username, createdAt } = request.claims!;
  return { id: sub, username, createdAt };
}
