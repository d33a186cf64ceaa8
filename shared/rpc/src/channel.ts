/**
 * A channel carries one request to some instance of a service. The client above it does not know how the instance is
 * found: a fixed address (`fixed-channel.ts`) and a balanced choice among discovered instances look the same to it.
 */
import type { Operation } from '@wordcloud/contracts';

export interface ChannelRequest {
  operationId: string;
  operation: Operation;
  /** Path with parameters filled in and the query string. */
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
  /** Aborts at the deadline or when the caller has gone. */
  signal: AbortSignal;
}

export interface ChannelReply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

export interface Channel {
  /**
   * @throws ProblemError UNAVAILABLE when no answer came; its `sent` is false when the request certainly never left.
   * @throws the signal's reason when it aborts
   */
  send(request: ChannelRequest): Promise<ChannelReply>;
  close(): Promise<void>;
}
