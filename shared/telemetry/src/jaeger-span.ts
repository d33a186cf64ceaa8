/**
 * A span of OpenTelemetry as Jaeger's own format has it.
 *
 * @see https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/jaeger/
 */
import {
  type Attributes,
  type AttributeValue,
  type HrTime,
  type Link,
  SpanKind,
  SpanStatusCode,
} from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';

/** Numbers of 64 bits are eight bytes, the highest first. */
export interface JaegerTag {
  key: string;
  vType: 'STRING' | 'DOUBLE' | 'BOOL' | 'LONG';
  vStr?: string;
  vDouble?: number;
  vBool?: boolean;
  vLong?: Buffer;
}

export interface JaegerReference {
  refType: 'CHILD_OF' | 'FOLLOWS_FROM';
  traceIdLow: Buffer;
  traceIdHigh: Buffer;
  spanId: Buffer;
}

export interface JaegerSpan {
  traceIdLow: Buffer;
  traceIdHigh: Buffer;
  spanId: Buffer;
  parentSpanId: Buffer;
  operationName: string;
  references: JaegerReference[];
  flags: number;
  /** Microseconds, as `duration` and those of logs. */
  startTime: Buffer;
  duration: Buffer;
  tags: JaegerTag[];
  logs: { timestamp: Buffer; fields: JaegerTag[] }[];
}

const SAMPLED = 1;
const NO_PARENT = Buffer.alloc(8);
const KINDS: Partial<Record<SpanKind, string>> = {
  [SpanKind.SERVER]: 'server',
  [SpanKind.CLIENT]: 'client',
  [SpanKind.PRODUCER]: 'producer',
  [SpanKind.CONSUMER]: 'consumer',
};

export function toJaegerSpan(span: ReadableSpan): JaegerSpan {
  const { traceId, spanId } = span.spanContext();
  const parent = span.parentSpanContext?.spanId;
  return {
    ...traceIds(traceId),
    spanId: Buffer.from(spanId, 'hex'),
    parentSpanId: parent === undefined ? NO_PARENT : Buffer.from(parent, 'hex'),
    operationName: span.name,
    references: span.links.map(toReference),
    flags: SAMPLED,
    startTime: micros(span.startTime),
    duration: micros(span.duration),
    tags: [...toTags(span.attributes), ...ownTags(span)],
    logs: span.events.map(({ name, time, attributes = {} }) => ({
      timestamp: micros(time),
      fields: [...toTags({ event: name }), ...toTags(attributes)],
    })),
  };
}

export function toTags(attributes: Attributes): JaegerTag[] {
  return Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [toTag(key, value)]));
}

function toTag(key: string, value: AttributeValue): JaegerTag {
  if (typeof value === 'string') return { key, vType: 'STRING', vStr: value };
  if (typeof value === 'boolean') return { key, vType: 'BOOL', vBool: value };
  if (typeof value !== 'number') return { key, vType: 'STRING', vStr: JSON.stringify(value) };
  if (!Number.isSafeInteger(value)) return { key, vType: 'DOUBLE', vDouble: value };
  return { key, vType: 'LONG', vLong: int64(BigInt(value)) };
}

/** What has a field of its own in OpenTelemetry and none in Jaeger. */
function ownTags(span: ReadableSpan): JaegerTag[] {
  const { kind, status, instrumentationScope: scope } = span;
  const isError = status.code === SpanStatusCode.ERROR;
  return toTags({
    'span.kind': KINDS[kind],
    'otel.scope.name': scope.name,
    'otel.status_code': isError ? 'ERROR' : status.code === SpanStatusCode.OK ? 'OK' : undefined,
    'otel.status_description': status.message,
    error: isError || undefined,
    'w3c.tracestate': span.spanContext().traceState?.serialize() || undefined,
  });
}

function toReference({ context: { traceId, spanId } }: Link): JaegerReference {
  return { refType: 'FOLLOWS_FROM', ...traceIds(traceId), spanId: Buffer.from(spanId, 'hex') };
}

function traceIds(traceId: string) {
  const bytes = Buffer.from(traceId, 'hex');
  return { traceIdHigh: bytes.subarray(0, 8), traceIdLow: bytes.subarray(8) };
}

const micros = ([seconds, nanos]: HrTime): Buffer =>
  int64(BigInt(seconds) * 1_000_000n + BigInt(Math.floor(nanos / 1_000)));

function int64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}
