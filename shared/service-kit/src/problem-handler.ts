/** Answers every error as problem+json (RFC 9457), and hides what an unexpected one says. */
import { type ErrorCode, isProblem, ProblemError, toProblem } from '@wordcloud/contracts';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

export function useProblems(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, error));
  app.setNotFoundHandler((request, reply) =>
    sendProblem(
      request,
      reply,
      new ProblemError('NOT_FOUND', `There is no ${request.method} ${request.url.split('?')[0]}.`),
    ),
  );
}

/** Answers with an error; what is not ours becomes one of ours first. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const problem = fromAny(error);
  if (problem.status >= 500) request.log.error({ err: problem.cause ?? problem, code: problem.code }, problem.message);
  else request.log.debug({ code: problem.code }, problem.message);
  if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', Math.ceil(problem.retryAfterSeconds));
  return reply
    .code(problem.status)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(toProblem(problem, request.id, request.trace?.sampled ? request.trace.traceId : undefined));
}

const FROM_STATUS: Record<number, ErrorCode> = {
  401: 'UNAUTHENTICATED',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
};

function fromAny(error: unknown): ProblemError {
  if (isProblem(error)) return error;
  const { statusCode, message, code } = error as FastifyError;
  if (code === 'STORAGE_UNAVAILABLE') {
    return new ProblemError('UNAVAILABLE', 'The storage of this service is away.', {
      cause: error,
      retryAfterSeconds: 1,
    });
  }
  // Fastify's own errors about the request are safe to show; anything else might tell too much.
  if (statusCode !== undefined && statusCode < 500) {
    return new ProblemError(FROM_STATUS[statusCode] ?? 'BAD_REQUEST', message, { cause: error });
  }
  if (statusCode === 503)
    return new ProblemError('SHUTTING_DOWN', 'This instance is shutting down.', { retryAfterSeconds: 1 });
  return new ProblemError('INTERNAL', 'Something went wrong here. The request id leads to the log line.', {
    cause: error,
  });
}
