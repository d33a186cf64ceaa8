/** Lets a server close soon: connections on which nothing happens would hold it up until their peer or a time-out ends them. */
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** A connection that is new may have its first request on the way. */
const FIRST_REQUEST_MS = 500;
/** How often connections are looked for that have become idle since closing began. */
const SWEEP_MS = 50;

/**
 * @param isDraining is the end near? Then each answer asks its client to use another connection, so that few are left to be closed under
 *   somebody's hands when it comes
 */
export function closeConnectionsWhileClosing(server: FastifyInstance, isDraining: () => boolean): void {
  let sweep: NodeJS.Timeout | undefined;
  let patience: NodeJS.Timeout | undefined;
  // Browsers connect ahead of need. What has not carried a request yet is not idle to Node.
  const unused = new Set<Socket>();
  server.server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.server.on('request', ({ socket }) => unused.delete(socket));

  server.addHook('preClose', async () => {
    patience = setTimeout(() => {
      for (const socket of unused) socket.destroy();
    }, FIRST_REQUEST_MS);
    sweep = setInterval(() => server.server.closeIdleConnections(), SWEEP_MS);
  });
  server.addHook('onSend', async (_request, reply) => {
    if (sweep || isDraining()) reply.header('connection', 'close');
  });
  server.addHook('onClose', async () => {
    clearInterval(sweep);
    clearTimeout(patience);
  });
}
