/** Which trace a request belongs to, and how services tell each other: the headers `traceparent` and `tracestate`. */
import type { Span } from '@opentelemetry/api';
import { TraceState } from '@opentelemetry/core';

/** One step of a trace: the handling of a request, or a call. It is handed on from function to function. */
export interface TraceContext {
  /** 32 lower-case hexadecimal digits, the same in all services. */
  readonly traceId: string;
  /** 16 of them. */
  readonly spanId: string;
  /** Is this trace recorded? The service where it begins decides so for all. */
  readonly sampled: boolean;
  /** What tracing systems before us tell each other. With a call, it is sent as `tracestate`, as it came. */
  readonly state?: string | undefined;
  /** Only when this service records the step. */
  readonly span?: Span;
}

/** Headers with lower-case names, as Node gives them. */
export type IncomingHeaders = Readonly<Record<string, string | string[] | undefined>>;

const FORMAT = /^(?!ff)[\da-f]{2}-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}$/;
const FORMAT_LENGTH = 55;

/**
 * Reads `traceparent` and `tracestate`. A `traceparent` that is not exactly as the standard says is ignored, as if there were none.
 * Of `tracestate`, malformed entries are ignored, and what is more than 32 entries or 512 bytes.
 *
 * @returns the caller's step; undefined without a valid `traceparent`
 * @see https://www.w3.org/TR/trace-context/#trace-context-http-headers-format
 */
export function parseTraceHeaders({ traceparent, tracestate }: IncomingHeaders): TraceContext | undefined {
  if (typeof traceparent !== 'string') return undefined;
  // Versions to come may have more fields at the end; the first ones stay.
  const isLonger = traceparent[FORMAT_LENGTH] === '-' && !traceparent.startsWith('00');
  const fields = isLonger ? traceparent.slice(0, FORMAT_LENGTH) : traceparent;
  if (!FORMAT.test(fields)) return undefined;
  const flags = Number.parseInt(fields.slice(53), 16);
  return {
    traceId: fields.slice(3, 35),
    spanId: fields.slice(36, 52),
    sampled: (flags & 1) === 1,
    // Node joins headers that came more than once.
    state: typeof tracestate === 'string' ? new TraceState(tracestate).serialize() || undefined : undefined,
  };
}

/** @returns the value of the `traceparent` header for a call that is made in this step */
export const traceparentOf = ({ traceId, spanId, sampled }: TraceContext): string =>
  `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

const hex32 = (word: number): string =>
  HEX[word >>> 24]! + HEX[(word >>> 16) & 255]! + HEX[(word >>> 8) & 255]! + HEX[word & 255]!;

/** @param random from 0 up to 1; ids need to be distinct, not secret */
export function makeSpanId(random: () => number): string {
  // All zeros would be no id.
  return hex32(random() * 2 ** 32) + hex32(Math.max(random() * 2 ** 32, 1));
}

/** @param random as for {@link makeSpanId} */
export const makeTraceId = (random: () => number): string =>
  hex32(random() * 2 ** 32) + hex32(random() * 2 ** 32) + makeSpanId(random);
