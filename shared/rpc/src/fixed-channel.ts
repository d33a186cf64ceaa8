/** A channel to one fixed address (`GDD_MODE=mono`), over a keep-alive connection pool of undici. */
import { type Contract, ProblemError } from '@wordcloud/contracts';
import { Pool } from 'undici';
import type { Channel } from './channel.ts';

export interface FixedChannelOptions {
  /** `http://host:port`, without a path. */
  origin: string;
  /** Connections at most; default 128. Long polls hold one each. */
  connections?: number;
  /** Milliseconds until a connection must stand; default 1000. */
  connectTimeoutMs?: number;
}

/** Codes of errors before the first byte was sent: repeating the call is safe. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

export function createFixedChannel(service: Contract['service'], options: FixedChannelOptions): Channel {
  const pool = new Pool(options.origin, {
    connections: options.connections ?? 128,
    connect: { timeout: options.connectTimeoutMs ?? 1000 },
    // The deadline of each call is the caller's; undici's own would cut long polls.
    headersTimeout: 0,
    bodyTimeout: 0,
    // Below the server's keep-alive time-out, so that a connection is not reused in the moment it is closed.
    keepAliveTimeout: 4_000,
  });

  let closed = false;

  return {
    async send({ operation, path, headers, body, signal }) {
      // The pool has one error for a call after closing and for one that closing cuts off.
      if (closed) {
        throw new ProblemError('UNAVAILABLE', `${service} is not called any more: the client is closed.`, {
          sent: false,
        });
      }
      try {
        const reply = await pool.request({ method: operation.method, path, headers, body: body ?? null, signal });
        return { status: reply.statusCode, headers: reply.headers, text: await reply.body.text() };
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        throw unavailable(service, error);
      }
    },
    async close() {
      closed = true;
      await pool.destroy();
    },
  };
}

function unavailable(service: string, error: unknown): ProblemError {
  const code = errorCode(error);
  return new ProblemError('UNAVAILABLE', `${service} cannot be reached (${code ?? 'connection lost'}).`, {
    cause: error,
    sent: code === undefined || !NEVER_SENT.has(code),
    retryAfterSeconds: 1,
  });
}

/** The code of a network error; undici wraps several attempts (IPv6, IPv4) into an AggregateError. */
function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError) return errorCode(error.errors[0]);
  if ('cause' in error) return errorCode(error.cause);
  return undefined;
}
