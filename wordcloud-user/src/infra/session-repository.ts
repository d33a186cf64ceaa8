/** Sessions, refresh tokens and the feed of revocations in SQL. */
import type { Database, Transaction } from '@wordcloud/storage';
import type { Rotation, SessionRepository, SessionRow } from '../domain/ports.ts';
import type { UserSchema } from './schema.ts';

/** How many entries of the feed are read at once. */
const PAGE = 1000;

export function createSessionRepository({ db, transaction }: Database<UserSchema>): SessionRepository {
  return {
    begin: ({ sessionId, userId, expiresAt }, tokenHash) =>
      transaction(async (tx) => {
        await tx
          .insertInto('session')
          .values({ id: sessionId, user_id: userId, expires_at: expiresAt, revoked: 0 })
          .execute();
        await tx
          .insertInto('refresh_token')
          .values({ token_hash: tokenHash, session_id: sessionId, used: 0 })
          .execute();
      }),

    rotate: (tokenHash, nextHash, { now, expiresAt, revokedUntil }) =>
      transaction(async (tx): Promise<Rotation> => {
        // Taking the token is one statement: whoever comes second finds it used.
        const taken = await tx
          .updateTable('refresh_token')
          .set({ used: 1 })
          .where('token_hash', '=', tokenHash)
          .where('used', '=', 0)
          .executeTakeFirst();
        const session = await findSession(tx, tokenHash);
        if (session === undefined || session.revoked === 1 || session.expiresAt <= now) return { outcome: 'unknown' };
        const { sessionId, userId } = session;
        if (taken.numUpdatedRows === 0n) {
          await revokeIn(tx, sessionId, revokedUntil);
          return { outcome: 'reused' };
        }
        // Asked again while the row is locked: a log-out in this very moment must not be survived by a new access token.
        const kept = await tx
          .updateTable('session')
          .set({ expires_at: expiresAt })
          .where('id', '=', sessionId)
          .where('revoked', '=', 0)
          .executeTakeFirst();
        if (kept.numUpdatedRows === 0n) return { outcome: 'unknown' };
        await tx.insertInto('refresh_token').values({ token_hash: nextHash, session_id: sessionId, used: 0 }).execute();
        return { outcome: 'rotated', session: { sessionId, userId, expiresAt } };
      }),

    findByToken: (tokenHash) => findSession(db, tokenHash),

    revoke: (sessionId, _now, revokedUntil) => transaction((tx) => revokeIn(tx, sessionId, revokedUntil)),

    async isRevoked(sessionId) {
      const row = await db.selectFrom('session').select('revoked').where('id', '=', sessionId).executeTakeFirst();
      return row === undefined || row.revoked === 1;
    },

    async revocationsAfter(cursor) {
      const rows = await db
        .selectFrom('revocation')
        .selectAll()
        .where('seq', '>', cursor)
        .orderBy('seq')
        .limit(PAGE)
        .execute();
      return rows.map((row) => ({ cursor: row.seq, sessionId: row.session_id, expiresAt: row.expires_at }));
    },

    purge: (now) =>
      transaction(async (tx) => {
        await tx.deleteFrom('revocation').where('expires_at', '<', now).execute();
        await tx.deleteFrom('log_in_attempt').where('window_ends_at', '<', now).execute();
        const over = await tx.selectFrom('session').select('id').where('expires_at', '<', now).limit(PAGE).execute();
        if (over.length === 0) return;
        const ids = over.map(({ id }) => id);
        await tx.deleteFrom('refresh_token').where('session_id', 'in', ids).execute();
        await tx.deleteFrom('session').where('id', 'in', ids).execute();
      }),
  };
}

async function findSession(
  db: Database<UserSchema>['db'] | Transaction<UserSchema>,
  tokenHash: string,
): Promise<(SessionRow & { revoked: number }) | undefined> {
  const row = await db
    .selectFrom('refresh_token')
    .innerJoin('session', 'session.id', 'refresh_token.session_id')
    .select(['session.id', 'session.user_id', 'session.expires_at', 'session.revoked'])
    .where('refresh_token.token_hash', '=', tokenHash)
    .executeTakeFirst();
  return row && { sessionId: row.id, userId: row.user_id, expiresAt: row.expires_at, revoked: row.revoked };
}

async function revokeIn(tx: Transaction<UserSchema>, sessionId: string, revokedUntil: number): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('session')
    .set({ revoked: 1 })
    .where('id', '=', sessionId)
    .where('revoked', '=', 0)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return;
  // The counter's row stays locked until the commit, so numbers become visible in their order: a reader that has seen
  // one has seen all before it. Auto-increment would give a number to a transaction that commits late.
  await tx
    .updateTable('counter')
    .set((row) => ({ value: row('value', '+', 1) }))
    .where('name', '=', 'revocation')
    .execute();
  const { value } = await tx
    .selectFrom('counter')
    .select('value')
    .where('name', '=', 'revocation')
    .executeTakeFirstOrThrow();
  await tx.insertInto('revocation').values({ seq: value, session_id: sessionId, expires_at: revokedUntil }).execute();
}
