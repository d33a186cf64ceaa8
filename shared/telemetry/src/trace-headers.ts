/**
 * Which trace a request belongs to, and how services tell each other: the headers `traceparent` and `tracestate`. Callers that know only
 * Jaeger's own `uber-trace-id` are understood, too.
 */
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

/** Leading zeros may be left out, and a proxy may have encoded the colons. The parent's id, the third field, has no use any more. */
const UBER_FORMAT = /^([\da-f]{1,32}):([\da-f]{1,16}):[\da-f]{1,16}:([\da-f]{1,2})$/i;
const UBER_MOST_LENGTH = 80;

/**
 * Reads `traceparent` and `tracestate`, and without a valid `traceparent` Jaeger's `uber-trace-id`. A header that is not exactly as its
 * standard says is ignored, as if there were none. Of `tracestate`, malformed entries are ignored, and what is more than 32 entries or
 * 512 bytes.
 *
 * @returns the caller's step; undefined when no header tells of one
 * @see https://www.w3.org/TR/trace-context/#trace-context-http-headers-format
 * @see https://www.jaegertracing.io/sdk-migration/#propagation-format
 */
export function parseTraceHeaders(headers: IncomingHeaders): TraceContext | undefined {
  const { traceparent, 'uber-trace-id': uberTraceId } = headers;
  const step = typeof traceparent === 'string' ? parseTraceparent(traceparent, headers.tracestate) : undefined;
  return step ?? (typeof uberTraceId === 'string' ? parseUberTraceId(uberTraceId) : undefined);
}

function parseTraceparent(traceparent: string, tracestate: IncomingHeaders[string]): TraceContext | undefined {
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

/** A trace id of 64 bits is the lower half of one of 128. */
function parseUberTraceId(header: string): TraceContext | undefined {
  if (header.length > UBER_MOST_LENGTH) return undefined;
  const fields = UBER_FORMAT.exec(header.replace(/%3a/gi, ':'));
  if (fields === null) return undefined;
  const [, trace = '', span = '', flags = ''] = fields;
  const traceId = trace.toLowerCase().padStart(32, '0');
  const spanId = span.toLowerCase().padStart(16, '0');
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
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
