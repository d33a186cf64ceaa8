/** wordcloud-user: accounts, log-in, tokens, revocation. */
import Type, { type Static } from 'typebox';
import { defineContract } from './operation.ts';
import { Nullable, Timestamp } from './task.ts';

/** What a name must be: the rule that an error message quotes. */
export const USERNAME_RULE = {
  pattern: '^[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{2,31}$',
  minLength: 3,
  maxLength: 32,
} as const;
/** What a new password must be. At log-in anything up to the maximum is compared. */
export const PASSWORD_RULE = { minLength: 8, maxLength: 128 } as const;

export const User = Type.Object({ id: Type.String(), username: Type.String(), createdAt: Timestamp });
export type User = Static<typeof User>;

/** Name and password of a sign-up; the rules are checked by the user service, which says which one is broken. */
export const Credentials = Type.Object(
  { username: Type.String({ maxLength: 256 }), password: Type.String({ maxLength: 1024 }) },
  { additionalProperties: false },
);
export type Credentials = Static<typeof Credentials>;

/** A session's tokens, between user service and bff. The refresh token goes to the browser as a cookie only. */
/** Made only where the setting DEMO_ACCOUNT says so: for demonstrations, whose password everybody knows. */
export const DEMO_ACCOUNT = { username: 'jackchen', password: '1234' } as const;

export const SessionTokens = Type.Object({
  accessToken: Type.String(),
  expiresIn: Type.Integer({ description: 'Seconds until the access token expires' }),
  refreshToken: Type.String(),
  refreshExpiresIn: Type.Integer({ description: 'Seconds until the refresh token expires' }),
  user: User,
});
export type SessionTokens = Static<typeof SessionTokens>;

/** A session that is over: its access tokens are refused until the last of them has expired anyway. */
export const Revocation = Type.Object({
  cursor: Type.Integer(),
  sessionId: Type.String(),
  expiresAt: Type.Integer({ description: 'Milliseconds since 1970 after which the entry may be forgotten' }),
});
export type Revocation = Static<typeof Revocation>;

/** Claims of an access token (JWT, EdDSA), beside iss, aud, iat, exp. */
export interface AccessClaims {
  /** User id. */
  sub: string;
  /** Session id: what a log-out revokes. */
  sid: string;
  username: string;
  /** When the account was made, ISO 8601, so that `GET /api/me` needs no call. */
  createdAt: string;
}
export const TOKEN_ISSUER = 'wordcloud-user';
export const TOKEN_AUDIENCE = 'wordcloud';

export const userContract = defineContract('wordcloud-user', {
  signUp: {
    method: 'POST',
    path: '/users',
    summary: 'Makes an account',
    body: Credentials,
    status: 201,
    reply: Type.Object({ user: User }),
    errors: ['INVALID_INPUT', 'USERNAME_TAKEN'],
    idempotent: false,
    timeoutMs: 5_000,
  },
  logIn: {
    method: 'POST',
    path: '/sessions',
    summary: 'Begins a session',
    description: 'After five wrong log-ins for a name from one address within 15 minutes: 429 with Retry-After.',
    body: Type.Object(
      { ...Credentials.properties, address: Type.String({ maxLength: 64, description: 'Address of the client' }) },
      { additionalProperties: false },
    ),
    status: 200,
    reply: SessionTokens,
    errors: ['BAD_CREDENTIALS', 'TOO_MANY_ATTEMPTS'],
    idempotent: false,
    timeoutMs: 5_000,
  },
  refresh: {
    method: 'POST',
    path: '/sessions/refresh',
    summary: 'Rotates the refresh token; using an old one ends the session',
    body: Type.Object({ refreshToken: Type.String({ maxLength: 512 }) }, { additionalProperties: false }),
    status: 200,
    reply: SessionTokens,
    errors: ['SESSION_ENDED'],
    idempotent: false,
    timeoutMs: 5_000,
  },
  logOut: {
    method: 'POST',
    path: '/sessions/revoke',
    summary: 'Ends a session, named by its refresh token, its id, or both; unknown ones are no error',
    body: Type.Object(
      { refreshToken: Nullable(Type.String({ maxLength: 512 })), sessionId: Nullable(Type.String({ maxLength: 64 })) },
      { additionalProperties: false },
    ),
    status: 204,
    errors: [],
    idempotent: true,
    timeoutMs: 5_000,
  },
  validateToken: {
    method: 'POST',
    path: '/tokens/validate',
    summary: 'Says whose an access token is, and whether it still holds',
    body: Type.Object({ accessToken: Type.String({ maxLength: 4096 }) }, { additionalProperties: false }),
    status: 200,
    reply: Type.Object({ valid: Type.Boolean(), user: Nullable(User) }),
    errors: [],
    idempotent: true,
    quick: true,
    timeoutMs: 3_000,
  },
  getUser: {
    method: 'GET',
    path: '/users/:userId',
    summary: 'One account',
    params: Type.Object({ userId: Type.String({ maxLength: 64 }) }),
    status: 200,
    reply: Type.Object({ user: User }),
    errors: ['NOT_FOUND'],
    idempotent: true,
    quick: true,
    timeoutMs: 3_000,
  },
  getKeys: {
    method: 'GET',
    path: '/keys',
    summary: 'The public keys that access tokens are verified with (JWK set)',
    status: 200,
    reply: Type.Object({
      keys: Type.Array(
        Type.Object({
          kty: Type.String(),
          crv: Type.String(),
          x: Type.String(),
          kid: Type.String(),
          alg: Type.String(),
          use: Type.String(),
        }),
      ),
    }),
    errors: [],
    idempotent: true,
    timeoutMs: 3_000,
  },
  listRevocations: {
    method: 'GET',
    path: '/revocations',
    summary: 'Sessions that ended after a cursor; waits for the first one up to `waitMs`',
    query: Type.Object({
      after: Type.Integer({ minimum: 0, default: 0 }),
      waitMs: Type.Integer({ minimum: 0, maximum: 20_000, default: 0 }),
    }),
    status: 200,
    reply: Type.Object({ items: Type.Array(Revocation), cursor: Type.Integer() }),
    errors: [],
    idempotent: true,
    timeoutMs: 25_000,
    attemptTimeoutMs: 25_000,
    waits: true,
  },
});
