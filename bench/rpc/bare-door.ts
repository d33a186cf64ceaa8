/** The process of the bare route: the same answer, and nothing else. Answers `{}` with its address. */
import fastify from 'fastify';
import { answerParent } from './processes.ts';

const server = fastify();
const user = {
  id: '0192f000-0000-7000-8000-000000000000',
  username: 'jackchen',
  createdAt: '2026-11-20T15:00:00.000Z',
};
server.get('/api/me', async () => ({ user }));
const address = server.listen({ host: '127.0.0.1', port: 0 });
answerParent<object>(async () => ({ address: await address }));
