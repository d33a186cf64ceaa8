/**
 * The body of a request on its way to the bff. When the bff answers before it has read all of it (too large, no text), the
 * rest is read and thrown away for a moment: a socket closed while the client still sends is reset, and the answer is lost.
 */
import type { IncomingMessage } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';

/** Milliseconds for which the rest is read. */
const DRAIN_MS = 2_000;

/** @returns a stream that may be destroyed while the request goes on */
export function uploadStream(request: IncomingMessage, payload: Readable): PassThrough {
  const stream = new PassThrough();
  payload.pipe(stream);
  payload.once('error', (error) => stream.destroy(error));
  request.once('close', () => {
    if (!request.complete) stream.destroy(new Error('The client has left.'));
  });
  stream.once('error', () => {});
  stream.once('close', () => {
    payload.unpipe(stream);
    if (request.complete) return;
    payload.resume();
    const timer = setTimeout(() => request.socket.destroy(), DRAIN_MS);
    request.once('close', () => clearTimeout(timer));
    request.once('end', () => clearTimeout(timer));
  });
  return stream;
}
