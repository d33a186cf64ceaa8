/** Binds an operation of a contract to its handler: schemas, status and types come from the contract. */
import {
  type Contract,
  ERRORS,
  type ErrorCode,
  type Operation,
  type OperationInput,
  type OperationReply,
  Problem,
} from '@wordcloud/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema, RouteShorthandOptions } from 'fastify';

/**
 * Does one operation. Returns the reply; an operation whose answer is not JSON sends it through `reply` and returns that.
 */
export type Handler<O extends Operation> = (
  input: OperationInput<O>,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<OperationReply<O> | FastifyReply>;

/** @param options further Fastify options of the route: hooks, body limit */
export function route<C extends Contract, Id extends keyof C['operations'] & string>(
  app: FastifyInstance,
  contract: C,
  id: Id,
  handler: Handler<C['operations'][Id]>,
  options: RouteShorthandOptions = {},
): void {
  const operation = contract.operations[id] as Operation;
  app.route({
    ...options,
    method: operation.method,
    url: operation.path,
    schema: fastifySchema(id, operation),
    handler: async (request, reply) => {
      const input = { params: request.params, query: request.query, body: request.body };
      reply.code(operation.status);
      const answer = await handler(input as OperationInput<C['operations'][Id]>, request, reply);
      // Awaiting a reply waits until it is sent: then there is nothing left to send.
      return answer !== undefined || reply.raw.headersSent ? answer : reply.send();
    },
  });
}

function fastifySchema(operationId: string, operation: Operation): FastifySchema {
  // A body that may also come as an upload is checked by the route, after it has read it.
  const checksBody = operation.body !== undefined && operation.consumes === undefined;
  return {
    operationId,
    summary: operation.summary,
    ...(operation.description && { description: operation.description }),
    ...(operation.params && { params: operation.params }),
    ...(operation.query && { querystring: operation.query }),
    ...(checksBody && { body: operation.body }),
    ...(operation.public && { security: [] }),
    response: { [operation.status]: successSchema(operation), ...errorSchemas(operation.errors) },
  };
}

function successSchema(operation: Operation): object {
  if (operation.produces === undefined) return operation.reply ?? { type: 'null', description: 'Done' };
  const types = operation.reply ? ['application/json', ...operation.produces] : operation.produces;
  const content = types.map((type) => [
    type,
    { schema: type === 'application/json' ? operation.reply : { type: 'string' } },
  ]);
  return { description: operation.summary, content: Object.fromEntries(content) };
}

function errorSchemas(codes: readonly ErrorCode[]): Record<string, object> {
  const byStatus = Map.groupBy(codes, (code) => ERRORS[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      status,
      { description: group.join(', '), content: { 'application/problem+json': { schema: Problem } } },
    ]),
  );
}
