/** What it takes to record what a step consists of. */
import type { Attributes } from '@opentelemetry/api';
import type { TraceContext } from './trace-headers.ts';

export interface Recorder {
  /**
   * Begins a call of another service. Send `traceparentOf` its result along, and its `state`. Without a parent it is not recorded: what a
   * service asks all day on its own account would hide what was done for somebody.
   */
  startClient(name: string, parent: TraceContext | undefined, attributes?: Attributes): TraceContext;
  /** Begins a part of a step, inside of this process. @param startTime milliseconds since 1970; default now */
  startPart(name: string, parent: TraceContext, attributes?: Attributes, startTime?: number): TraceContext;
  /** Ends a step, once. With an `error`, it counts as failed; of which answers that is true, the caller knows. */
  end(context: TraceContext, outcome?: Outcome): void;
}

export interface Outcome {
  error?: unknown;
  /** Its message may tell what must not be told: only its code or class is noted. */
  hidesMessage?: boolean;
  attributes?: Attributes;
  /** Milliseconds since 1970; default now. */
  endTime?: number | undefined;
}
