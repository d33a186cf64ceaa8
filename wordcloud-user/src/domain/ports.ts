/** What accounts and sessions need from outside. */
import type { AccessClaims, Revocation, User } from '@wordcloud/contracts';

export interface StoredUser extends User {
  foldedName: string;
  passwordHash: string;
}

export interface UserRepository {
  /** @returns false when the name is taken */
  insert(user: StoredUser): Promise<boolean>;
  findByName(foldedName: string): Promise<StoredUser | undefined>;
  findById(id: string): Promise<User | undefined>;
}

export interface PasswordHasher {
  hash(password: string): Promise<string>;
  verify(hash: string, password: string): Promise<boolean>;
}

/**
 * Counts wrong log-ins for a name from an address, in the database, so that the limit holds across instances. Each method
 * returns the moment (ms) from which attempts are allowed again when there were too many, else undefined.
 */
export interface AttemptRepository {
  blockedUntil(key: string, now: number, most: number): Promise<number | undefined>;
  /** Counts one, unless there were too many already: both in one step. */
  countWrong(key: string, now: number, windowMs: number, most: number): Promise<number | undefined>;
  /** Forgets what was counted, unless there were too many already: both in one step. */
  clear(key: string, now: number, most: number): Promise<number | undefined>;
}

export interface SessionRow {
  sessionId: string;
  userId: string;
  expiresAt: number;
}

export type Rotation =
  | { outcome: 'rotated'; session: SessionRow }
  /** The token was used before: the session is revoked now. */
  | { outcome: 'reused' }
  | { outcome: 'unknown' };

export interface SessionRepository {
  begin(session: SessionRow, tokenHash: string): Promise<void>;
  /** Replaces a refresh token by its successor, atomically: of two at once, one rotates and the other is reuse. */
  rotate(
    tokenHash: string,
    nextHash: string,
    times: { now: number; expiresAt: number; revokedUntil: number },
  ): Promise<Rotation>;
  findByToken(tokenHash: string): Promise<SessionRow | undefined>;
  /** Ends a session and writes it to the feed; ending it again changes nothing. */
  revoke(sessionId: string, now: number, revokedUntil: number): Promise<void>;
  isRevoked(sessionId: string): Promise<boolean>;
  /** What was revoked after the cursor, in the order of commits. */
  revocationsAfter(cursor: number): Promise<Revocation[]>;
  purge(now: number): Promise<void>;
}

/** Signs and checks access tokens. */
export interface AccessTokens {
  sign(claims: AccessClaims, lifeMs: number): Promise<string>;
  /** @returns undefined for anything that is no valid token of ours */
  verify(token: string): Promise<AccessClaims | undefined>;
  publicKeys(): PublicKey[];
}

export interface PublicKey {
  kty: string;
  crv: string;
  x: string;
  kid: string;
  alg: string;
  use: string;
}
