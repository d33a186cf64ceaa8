/**
 * An operation: one method of one service, described once. The server is checked against it (service-kit's `route`), the
 * client is typed by it (rpc's `createClient`), and the OpenAPI document is made from it.
 */
import type { Static, TObject, TSchema } from 'typebox';
import type { ErrorCode } from './errors.ts';
import type { ServiceName } from './services.ts';

export interface Operation {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path with Fastify parameters: `/tasks/:taskId`. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly params?: TObject;
  readonly query?: TObject;
  /** A JSON body. What is not JSON (an upload) is described in `description` and read by the route itself. */
  readonly body?: TSchema;
  /** Content types that the route reads by itself, beside or instead of a JSON body. */
  readonly consumes?: readonly string[];
  /** Status of success. */
  readonly status: number;
  /** The JSON answer; left out where there is none (204, images, event streams). */
  readonly reply?: TSchema;
  /** Content types of an answer that is not JSON. */
  readonly produces?: readonly string[];
  readonly errors: readonly ErrorCode[];
  /** Safe to send twice: a client may repeat it on another instance. */
  readonly idempotent: boolean;
  /** Answered within milliseconds, however much there is: such calls share connections. Only where `idempotent`. Default false. */
  readonly quick?: boolean;
  /** How long a client waits when the caller's own deadline is not nearer, in milliseconds. */
  readonly timeoutMs: number;
  /** How long one attempt may take, in milliseconds; default: half of `timeoutMs` if `idempotent`, else all of it. */
  readonly attemptTimeoutMs?: number;
  /** It waits for news (a long poll): how long it takes says nothing about the instance. */
  readonly waits?: boolean;
  /** May be called without the service token or, on the bff, without an access token. Default false. */
  readonly public?: boolean;
}

type Part<Name extends string, Schema> = Schema extends TSchema ? { [K in Name]: Static<Schema> } : unknown;
type Property<O, K extends string> = O extends Record<K, infer V> ? V : undefined;

/** What a caller gives: `params`, `query` and `body`, as far as the operation has them. */
export type OperationInput<O extends Operation> = Part<'params', Property<O, 'params'>> &
  Part<'query', Property<O, 'query'>> &
  Part<'body', Property<O, 'body'>>;

/** What the operation answers. */
export type OperationReply<O extends Operation> =
  Property<O, 'reply'> extends TSchema ? Static<Property<O, 'reply'> & TSchema> : undefined;

/** All operations of one service. The key is the operation's id: OpenAPI's operationId, the span's and the metric's name. */
export interface Contract<Operations extends Record<string, Operation> = Record<string, Operation>> {
  readonly service: ServiceName;
  readonly operations: Operations;
}

/** Keeps the exact types of the schemas, and freezes. */
export function defineContract<const Operations extends Record<string, Operation>>(
  service: ServiceName,
  operations: Operations,
): Contract<Operations> {
  return Object.freeze({ service, operations: Object.freeze(operations) });
}
