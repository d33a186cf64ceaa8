/** Typed clients: one method for each operation of a contract. */
import {
  type Contract,
  isErrorCode,
  type Operation,
  type OperationInput,
  type OperationReply,
  type Problem,
  ProblemError,
} from '@wordcloud/contracts';
import { type Metrics, type TraceContext, type Tracing, traceparentOf } from '@wordcloud/telemetry';
import type { Channel, ChannelReply } from './channel.ts';
import { fillPath } from './fill-path.ts';

/** What travels with a call besides its input. A server hands the context of a request on to the calls it makes. */
export interface CallContext {
  /** Ends the call when the caller has gone. */
  signal?: AbortSignal;
  /** Moment (milliseconds since 1970) after which nobody waits for the answer. */
  deadline?: number;
  requestId?: string;
  /** The step of a trace that the call belongs to; default: none. */
  trace?: TraceContext;
  /** Calls with the same key go to the same instance, where the client balances by consistent hashing. */
  key?: string;
}

export type Client<C extends Contract> = {
  [Id in keyof C['operations']]: (
    input: OperationInput<C['operations'][Id]>,
    context?: CallContext,
  ) => Promise<OperationReply<C['operations'][Id]>>;
} & { close(): Promise<void> };

export interface ClientOptions {
  /** Sent as `Authorization: Bearer`: services answer only each other. */
  serviceToken: string;
  metrics?: Metrics;
  /** Each call that belongs to a recorded step becomes a span; default: none. */
  tracing?: Tracing;
}

/**
 * Makes the client of a contract over a channel.
 *
 * A method throws ProblemError: the one that the service answered; UNAVAILABLE or NO_INSTANCE when none did;
 * DEADLINE_EXCEEDED; BAD_ANSWER when the answer is not what a service of ours would say. It throws the reason of
 * `context.signal` when that aborts.
 *
 * @example
 * const seg = createClient(segContract, createBalancedChannel('wordcloud-seg', { discovery }), { serviceToken });
 * const { words } = await seg.segment({ body }, { signal, deadline, requestId });
 */
export function createClient<C extends Contract>(contract: C, channel: Channel, options: ClientOptions): Client<C> {
  const methods = Object.entries(contract.operations).map(([id, operation]) => [
    id,
    (input: Input, context?: CallContext) => call(contract.service, id, operation, channel, options, input, context),
  ]);
  return { ...Object.fromEntries(methods), close: () => channel.close() };
}

interface Input {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

async function call(
  service: string,
  operationId: string,
  operation: Operation,
  channel: Channel,
  { serviceToken, metrics, tracing }: ClientOptions,
  input: Input,
  context: CallContext = {},
): Promise<unknown> {
  const startedAt = performance.now();
  const { deadline, signal, requestId, key } = context;
  const budgetMs = Math.min(operation.timeoutMs, deadline === undefined ? operation.timeoutMs : deadline - Date.now());
  const span = tracing?.startClient(`${service}/${operationId}`, context.trace);
  const attempts: string[] = [];
  let failure: unknown;
  let outcome = 'ok';
  try {
    if (budgetMs <= 0) {
      throw new ProblemError('DEADLINE_EXCEEDED', `There was no time left to call ${service} ${operationId}.`, {
        sent: false,
      });
    }
    const headers: Record<string, string> = { authorization: `Bearer ${serviceToken}`, accept: 'application/json' };
    if (requestId !== undefined) headers['x-request-id'] = requestId;
    if (span) headers.traceparent = traceparentOf(span);
    if (span?.state) headers.tracestate = span.state;
    if (input.body !== undefined) headers['content-type'] = 'application/json';
    const reply = await channel.send({
      operationId,
      operation,
      path: fillPath(operation.path, input.params, input.query),
      headers,
      body: input.body === undefined ? undefined : JSON.stringify(input.body),
      budgetMs,
      signal,
      key,
      onAttempt: span?.sampled ? (instanceId) => void attempts.push(instanceId) : undefined,
    });
    return readReply(service, operationId, reply);
  } catch (error) {
    outcome = error instanceof ProblemError ? error.code : 'CANCELLED';
    failure = error;
    throw error;
  } finally {
    if (span) tracing!.end(span, { error: failure, ...(span.sampled && { attributes: describe(attempts, outcome) }) });
    metrics?.observeCall({ service, operation: operationId, outcome }, (performance.now() - startedAt) / 1000);
  }
}

/** What a span tells of a call: which instances had it, and what came of it. */
function describe(attempts: readonly string[], outcome: string) {
  return { 'rpc.instance': attempts.at(-1) ?? 'none', 'rpc.attempts': attempts.length, 'rpc.outcome': outcome };
}

function readReply(service: string, operationId: string, reply: ChannelReply): unknown {
  if (reply.status === 204) return undefined;
  let body: unknown;
  try {
    body = JSON.parse(reply.text);
  } catch (cause) {
    throw badAnswer(service, operationId, reply.status, cause);
  }
  if (reply.status < 300) return body;
  const { code, detail, errors } = (body ?? {}) as Partial<Problem>;
  if (!isErrorCode(code)) throw badAnswer(service, operationId, reply.status);
  const retryAfter = Number(reply.headers['retry-after']);
  throw new ProblemError(code, detail ?? code, {
    ...(errors && { errors }),
    ...(retryAfter > 0 && { retryAfterSeconds: retryAfter }),
  });
}

function badAnswer(service: string, operationId: string, status: number, cause?: unknown): ProblemError {
  const detail = `${service} answered ${operationId} with status ${status} in a form that is not ours.`;
  return new ProblemError('BAD_ANSWER', detail, { cause });
}
