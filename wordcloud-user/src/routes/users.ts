/** Accounts: `POST /users`, `GET /users/:userId`. */
import { userContract } from '@wordcloud/contracts';
import { route } from '@wordcloud/service-kit';
import type { FastifyInstance } from 'fastify';
import type { Accounts } from '../domain/accounts.ts';

export function userRoutes(app: FastifyInstance, accounts: Accounts): void {
  route(app, userContract, 'signUp', async ({ body }) => ({
    user: await accounts.signUp(body.username, body.password),
  }));
  route(app, userContract, 'getUser', async ({ params }) => ({ user: await accounts.get(params.userId) }));
}
