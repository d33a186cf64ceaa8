import type { TokenVerifier, VerifiedClaims } from '../domain/ports.ts';

/** About 1 kB each. */
const MOST = 10_000;

/**
 * Remembers which tokens were good: a signature takes longer to check than all else at the door, and a page sends the same token many times.
 * A token is good until it expires, here as without this; ended sessions are looked up elsewhere, for each request.
 *
 * @param now milliseconds since 1970
 */
export function rememberVerified(verifier: TokenVerifier, now: () => number, most = MOST): TokenVerifier {
  const good = new Map<string, VerifiedClaims>();
  return {
    async verify(token, context) {
      const known = good.get(token);
      if (known !== undefined && known.exp * 1_000 > now()) return known;
      good.delete(token);
      const claims = await verifier.verify(token, context);
      // The first is the oldest: it will expire first, more or less.
      if (good.size >= most) good.delete(good.keys().next().value!);
      good.set(token, claims);
      return claims;
    },
  };
}
