/**
 * A channel carries the calls of one service to its instances. The client above it does not know how an instance is found and chosen.
 */
import type { Operation } from '@wordcloud/contracts';

export interface ChannelRequest {
  operationId: string;
  operation: Operation;
  /** Path with parameters filled in and the query string. */
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
  /** Milliseconds until nobody waits for the answer any more: for all attempts together. */
  budgetMs: number;
  /** Aborts when the caller has gone. */
  signal: AbortSignal | undefined;
  /** Calls with the same key go to the same instance, where the strategy does that. */
  key: string | undefined;
  /** Told of each attempt before it is made. */
  onAttempt: ((instanceId: string) => void) | undefined;
}

export interface ChannelReply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

export interface Channel {
  /**
   * @throws ProblemError NO_INSTANCE when nobody can be called; UNAVAILABLE when no answer came (its `sent` is false when the request
   *   certainly never left); DEADLINE_EXCEEDED
   * @throws the signal's reason when it aborts
   */
  send(request: ChannelRequest): Promise<ChannelReply>;
  close(): Promise<void>;
}
