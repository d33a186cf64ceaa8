/** `/api` is the bff's: requests and answers stream through, in both directions. */
import { PassThrough, type Readable } from 'node:stream';
import proxy from '@fastify/http-proxy';
import { ProblemError } from '@wordcloud/contracts';
import { sendProblem } from '@wordcloud/service-kit';
import { traceparentOf } from '@wordcloud/telemetry';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { connectInTurn } from './connect-in-turn.ts';
import { uploadStream } from './upload-stream.ts';

const CONNECT_TIMEOUT_MS = 2_000;
/** The bff answers at the latest when a wait for a picture (`Prefer: wait`) is over. */
const HEADERS_TIMEOUT_MS = 120_000;
/** A request that failed because the bff had just closed an idle connection may be sent once more if that changes nothing. */
const STALE_CONNECTION = new Set(['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE']);

export interface ProxyOptions {
  /** Addresses of the bff, `http://host:port`. */
  addresses: readonly string[];
  now: () => number;
}

export async function useProxy(server: FastifyInstance, { addresses, now }: ProxyOptions): Promise<void> {
  let turn = 0;
  const nextAddress = () => {
    turn = (turn + 1) % addresses.length;
    return addresses[turn]!;
  };
  const endStreams = useStreams(server);

  await server.register(async (api) => {
    // The body goes on as it comes, whatever it is.
    api.removeAllContentTypeParsers();
    api.addContentTypeParser('*', (request, payload, done) =>
      done(null, uploadStream(request.raw, payload as Readable)),
    );
    await api.register(proxy, {
      upstream: '',
      prefix: '/api',
      rewritePrefix: '/api',
      proxyPayloads: false,
      httpMethods: ['GET', 'HEAD', 'POST', 'DELETE', 'PUT', 'PATCH', 'OPTIONS'],
      disableRequestLogging: true,
      undici: {
        connect: connectInTurn({ addresses, timeoutMs: CONNECT_TIMEOUT_MS, now }) as never,
        // Every open page holds one connection for its events.
        connections: null,
        headersTimeout: HEADERS_TIMEOUT_MS,
        bodyTimeout: 0,
      },
      replyOptions: {
        getUpstream: nextAddress,
        // The types allow for HTTP/2, which this server does not speak.
        rewriteRequestHeaders: (
          request,
          { traceparent: _w3c, tracestate: _state, 'uber-trace-id': _jaeger, ...headers },
        ) => ({
          ...headers,
          ...forwardedHeaders(request as FastifyRequest),
        }),
        rewriteHeaders: ({ connection: _connection, 'keep-alive': _keepAlive, ...headers }) => headers,
        retryDelay: ({ err, req, attempt }) => {
          const { code = '' } = (err ?? {}) as NodeJS.ErrnoException;
          return attempt === 0 && req.method === 'GET' && STALE_CONNECTION.has(code) ? 1 : null;
        },
        onError: (reply, { error }) => void refuse(reply as FastifyReply, error),
        onResponse: (_request, reply, answer) => {
          const { stream } = answer as unknown as { stream: Readable };
          // Set for who still sends; but a socket closed then is reset, and the answer lost: see upload-stream.ts.
          reply.removeHeader('connection');
          void reply.send(isEventStream(reply as FastifyReply) ? endStreams(stream) : stream);
        },
      },
    });
  });
}

const isEventStream = (reply: FastifyReply) => String(reply.getHeader('content-type')).startsWith('text/event-stream');

/** The bff sees who asks and under which address the page is; what a client claims of itself counts only from trusted proxies. */
function forwardedHeaders(request: FastifyRequest): Record<string, string> {
  const chain = request.ips?.toReversed() ?? [request.ip];
  return {
    host: request.headers.host ?? '',
    'x-forwarded-for': chain.join(', '),
    'x-forwarded-host': request.host,
    'x-forwarded-proto': request.protocol,
    'x-request-id': request.id,
    ...(request.trace && { traceparent: traceparentOf(request.trace) }),
  };
}

function refuse(reply: FastifyReply, error: Error): FastifyReply {
  const detail = 'The service behind this page does not answer. Try again in a moment.';
  const problem = new ProblemError('UNAVAILABLE', detail, { cause: error.cause ?? error, retryAfterSeconds: 2 });
  return sendProblem(reply.request, reply, problem);
}

/** Streams that would stay open for ever are ended when the server closes; their pages come back by themselves. */
function useStreams(server: FastifyInstance): (source: Readable) => Readable {
  const open = new Set<() => void>();
  server.addHook('preClose', async () => {
    for (const end of open) end();
  });
  return (source) => {
    const stream = new PassThrough();
    const end = () => {
      source.unpipe(stream);
      stream.end();
      source.destroy();
    };
    open.add(end);
    source.pipe(stream);
    source.once('error', () => stream.destroy());
    stream.once('close', () => {
      open.delete(end);
      source.destroy();
    });
    return stream;
  };
}
