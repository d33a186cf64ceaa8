/** Sessions and tokens. */
import { userContract } from '@wordcloud/contracts';
import { type LongPoll, route } from '@wordcloud/service-kit';
import type { FastifyInstance } from 'fastify';
import type { AccessTokens } from '../domain/ports.ts';
import type { Sessions } from '../domain/sessions.ts';

export function sessionRoutes(
  app: FastifyInstance,
  sessions: Sessions,
  tokens: AccessTokens,
  revocationPoll: LongPoll,
): void {
  route(app, userContract, 'logIn', ({ body }) => sessions.logIn(body.username, body.password, body.address));

  route(app, userContract, 'refresh', ({ body }) =>
    // Reuse of a token ends the session, so also a refusal may have changed the feed.
    sessions.refresh(body.refreshToken).finally(() => revocationPoll.notify()),
  );

  route(app, userContract, 'logOut', async ({ body }) => {
    await sessions.logOut(body.refreshToken, body.sessionId);
    revocationPoll.notify();
    return undefined;
  });

  route(app, userContract, 'validateToken', async ({ body }) => {
    const user = await sessions.validate(body.accessToken);
    return { valid: user !== null, user };
  });

  route(app, userContract, 'getKeys', async () => ({ keys: tokens.publicKeys() }));

  route(app, userContract, 'listRevocations', async ({ query }, request) => {
    const read = () => sessions.revocationsAfter(query.after);
    const items = await revocationPoll.until(read, (found) => found.length > 0, query.waitMs, request.context.signal);
    return { items, cursor: items.at(-1)?.cursor ?? query.after };
  });
}
