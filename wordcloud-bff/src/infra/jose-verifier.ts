/** Verifies access tokens (JWT, EdDSA) with the user service's public keys, which are fetched once and kept. */
import { ProblemError, TOKEN_AUDIENCE, TOKEN_ISSUER } from '@wordcloud/contracts';
import { createLocalJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import type { TokenVerifier, UserService, VerifiedClaims } from '../domain/ports.ts';

/** Keys are asked for again at most this often, however many tokens with unknown keys come. */
const REFETCH_MS = 10_000;

type KeySet = ReturnType<typeof createLocalJWKSet>;

export function createJoseVerifier(users: UserService, now: () => number): TokenVerifier {
  let keys: KeySet | undefined;
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let fetching: Promise<KeySet> | undefined;

  const fetchKeys = (requestId: string | undefined): Promise<KeySet> => {
    // One request for all who wait; none of them may cancel it for the others, so it carries no signal.
    fetching ??= users
      .getKeys({}, requestId === undefined ? {} : { requestId })
      .then((set) => {
        keys = createLocalJWKSet(set);
        fetchedAt = now();
        return keys;
      })
      .finally(() => {
        fetching = undefined;
      });
    return fetching;
  };

  return {
    async verify(token, context) {
      try {
        return await check(token, keys ?? (await fetchKeys(context.requestId)), now);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey) || now() - fetchedAt < REFETCH_MS) throw asProblem(error);
      }
      try {
        return await check(token, await fetchKeys(context.requestId), now);
      } catch (error) {
        throw asProblem(error);
      }
    },
  };
}

async function check(token: string, keys: KeySet, now: () => number): Promise<VerifiedClaims> {
  const { payload } = await jwtVerify(token, keys, {
    // Named here, so that neither `none` nor a symmetric algorithm with the public key as its secret can get in.
    algorithms: ['EdDSA'],
    issuer: TOKEN_ISSUER,
    audience: TOKEN_AUDIENCE,
    requiredClaims: ['sub', 'sid', 'exp'],
    currentDate: new Date(now()),
  });
  return payload as JWTPayload & VerifiedClaims;
}

function asProblem(error: unknown): unknown {
  if (error instanceof errors.JWTExpired) {
    return new ProblemError('TOKEN_EXPIRED', 'The access token has expired: refresh it or log in again.');
  }
  if (error instanceof errors.JOSEError) {
    return new ProblemError('UNAUTHENTICATED', 'The access token is not valid: log in again.');
  }
  return error;
}
