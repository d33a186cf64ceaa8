/** What the use cases need from outside. */
import type { Readable } from 'node:stream';
import type { AccessClaims, makerContract, taskContract, userContract } from '@wordcloud/contracts';
import type { CallContext, Client } from '@wordcloud/rpc';

export type UserService = Client<typeof userContract>;
export type TaskService = Client<typeof taskContract>;
export type MakerService = Client<typeof makerContract>;
export type { CallContext };

/** Texts, masks and pictures. */
export interface Objects {
  write(key: string, body: Readable | Uint8Array, contentType: string, signal: AbortSignal): Promise<{ bytes: number }>;
  read(key: string, signal: AbortSignal): Promise<{ body: Readable; bytes: number; etag: string }>;
  removeAll(prefix: string): Promise<void>;
}

/** What a good token says. */
export interface VerifiedClaims extends AccessClaims {
  /** Seconds since 1970, when it expires. */
  exp: number;
}

/** Checks access tokens here, without asking the user service. */
export interface TokenVerifier {
  /** @throws ProblemError UNAUTHENTICATED, TOKEN_EXPIRED, or UNAVAILABLE while the keys cannot be had */
  verify(token: string, context: CallContext): Promise<VerifiedClaims>;
}
