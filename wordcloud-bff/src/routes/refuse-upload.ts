/**
 * Refusing an upload so that the client gets the answer: a socket that is closed while the client still sends is reset, and
 * the answer is lost. So the rest is read and thrown away for a moment, and only then the socket is closed.
 */
import { ProblemError } from '@wordcloud/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Milliseconds for which the rest of a refused upload is read. */
const DRAIN_MS = 1_000;

/** Call it before the error answer is sent. A client that is done by then keeps its connection. */
export function drainUpload(request: FastifyRequest, reply: FastifyReply): void {
  const { raw } = request;
  raw.unpipe();
  raw.resume();
  const timer = setTimeout(() => {
    if (!raw.complete) raw.socket.destroy();
  }, DRAIN_MS);
  raw.once('close', () => clearTimeout(timer));
  reply.raw.once('close', () => {
    if (raw.complete) clearTimeout(timer);
  });
}

/** @throws ProblemError TOO_LARGE when the announced length cannot be allowed */
export function refuseAnnouncedLength(request: FastifyRequest, reply: FastifyReply, maxBytes: number): void {
  if (Number(request.headers['content-length'] ?? 0) <= maxBytes) return;
  drainUpload(request, reply);
  throw tooLarge('upload', maxBytes);
}

export function tooLarge(what: string, maxBytes: number): ProblemError {
  return new ProblemError('TOO_LARGE', `The ${what} is too large; at most ${maxBytes} bytes are allowed.`);
}
