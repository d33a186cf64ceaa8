/**
 * Traces of requests through all services (OpenTelemetry). A service handles many requests of which few are recorded, so the others cost
 * two ids and an object: no span of the SDK, and no AsyncLocalStorage, since the context is handed on as an argument. What is called deep
 * inside of a recorded step, as the database, finds it by `active-step.ts`.
 */
import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  type SpanOptions,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { callWithTimeout, TraceState } from '@opentelemetry/core';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  type IdGenerator,
  ParentBasedSampler,
  SamplingDecision,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { createJaegerExporter, type JaegerTarget } from './jaeger-exporter.ts';
import type { Logger } from './logger.ts';
import { preciseNow } from './precise-clock.ts';
import type { Recorder } from './recorder.ts';
import { createOtlpExporter, GuardedExporter } from './span-exporter.ts';
import {
  type IncomingHeaders,
  makeSpanId,
  makeTraceId,
  parseTraceHeaders,
  type TraceContext,
} from './trace-headers.ts';

/** Milliseconds that the last spans get to leave. */
const SHUTDOWN_MS = 1_800;
const NO_ATTRIBUTES: Attributes = {};

export interface TracingOptions {
  /** `service.name` of every span. */
  service: string;
  /** `service.instance.id`, such as `host:port`. */
  instance?: string;
  /** With `none`, nothing is recorded here, and traces that begin here are not sampled. */
  exporter: 'none' | 'otlp' | 'jaeger';
  /** Base address of the collector, for `otlp`; see {@link createOtlpExporter}. */
  endpoint?: string;
  /** Where Jaeger is, for `jaeger`; see {@link createJaegerExporter}. */
  jaeger?: JaegerTarget;
  /** Share of the traces beginning here that are recorded, from 0 to 1. */
  sampleRatio: number;
  /** Takes the place of `exporter`: another protocol, or a test. */
  spanExporter?: SpanExporter;
  /** Is told when spans cannot be exported, at most once a minute. */
  logger?: Pick<Logger, 'warn'>;
  /** From 0 up to 1; default `Math.random`. */
  random?: () => number;
}

export interface Tracing extends Recorder {
  /** @returns the caller's step; undefined when the headers tell of none. See {@link parseTraceHeaders}. */
  extract(headers: IncomingHeaders): TraceContext | undefined;
  /** Begins the handling of a request: in the caller's trace with the caller's decision, or else in a new one. */
  startServer(name: string, headers: IncomingHeaders, attributes?: Attributes): TraceContext;
  /**
   * Begins work that somebody left in a queue: a trace of its own, since it may come hours later, or several times. It is recorded if the
   * step that left it was, and then has a link to that.
   */
  startConsumer(name: string, producer: TraceContext | undefined, attributes?: Attributes): TraceContext;
  /** Sends what is left. Takes less than 2 s, also when the collector is away; never rejects. */
  shutdown(): Promise<void>;
}

/**
 * Makes the tracing of a service. Nothing is registered globally: several services may run in one process.
 *
 * @throws RangeError when `sampleRatio` is not from 0 to 1; TypeError when `endpoint` is no URL of http or https
 * @example
 * const tracing = createTracing({ service: 'wordcloud-seg', exporter: 'otlp', sampleRatio: 0.05, logger });
 * const request = tracing.startServer('POST /segment', headers, { 'http.request.method': 'POST' });
 * const call = tracing.startClient('wordcloud-user/getUser', request);
 * tracing.end(call, { error });
 * tracing.end(request, { attributes: { 'http.response.status_code': 200 } });
 */
export function createTracing(options: TracingOptions): Tracing {
  const { sampleRatio, random = Math.random, logger } = options;
  if (!(sampleRatio >= 0 && sampleRatio <= 1)) throw new RangeError(`sampleRatio is ${sampleRatio}, not from 0 to 1`);
  const exporter = options.spanExporter ?? createExporter(options);
  const share = exporter ? new TraceIdRatioBasedSampler(sampleRatio) : new AlwaysOffSampler();
  const isChosen = (traceId: string) =>
    share.shouldSample(ROOT_CONTEXT, traceId).decision === SamplingDecision.RECORD_AND_SAMPLED;
  const ids = new ChosenIds(random);
  const provider = new TracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({ 'service.name': options.service, 'service.instance.id': options.instance }),
    ),
    // The SDK is asked only for what has been chosen.
    sampler: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
    idGenerator: ids,
    spanProcessors: exporter
      ? [new BatchSpanProcessor({ exporter: new GuardedExporter({ exporter, logger, now: () => performance.now() }) })]
      : [],
  });
  const tracer = provider.getTracer('@wordcloud/telemetry');

  const begin = (name: string, isSampled: (traceId: string) => boolean, span: SpanOptions): TraceContext => {
    const traceId = makeTraceId(random);
    if (!isSampled(traceId)) return { traceId, spanId: makeSpanId(random), sampled: false };
    ids.nextTraceId = traceId;
    return record(
      { traceId, sampled: true },
      tracer.startSpan(name, { startTime: preciseNow(), ...span }, ROOT_CONTEXT),
    );
  };
  const goOn = (name: string, parent: TraceContext, span: SpanOptions): TraceContext => {
    const { traceId, sampled, state } = parent;
    if (!sampled) return { traceId, spanId: makeSpanId(random), sampled, state };
    // What others record must not hang on a span that nobody has.
    if (!exporter) return { traceId, spanId: parent.spanId, sampled, state };
    return record(
      { traceId, sampled, state },
      tracer.startSpan(name, { startTime: preciseNow(), ...span }, contextOf(parent)),
    );
  };

  return {
    extract: parseTraceHeaders,
    startServer(name, headers, attributes = NO_ATTRIBUTES) {
      const caller = parseTraceHeaders(headers);
      const span = { kind: SpanKind.SERVER, attributes };
      return caller ? goOn(name, caller, span) : begin(name, isChosen, span);
    },
    startClient(name, parent, attributes = NO_ATTRIBUTES) {
      const span = { kind: SpanKind.CLIENT, attributes };
      return parent ? goOn(name, parent, span) : begin(name, () => false, span);
    },
    startConsumer(name, producer, attributes = NO_ATTRIBUTES) {
      const isRecorded = exporter !== undefined && producer?.sampled === true;
      const links = isRecorded ? [{ context: trace.getSpanContext(contextOf(producer))! }] : [];
      return begin(name, () => isRecorded, { kind: SpanKind.CONSUMER, attributes, links });
    },
    startPart: (name, parent, attributes = NO_ATTRIBUTES, startTime) =>
      goOn(name, parent, { kind: SpanKind.INTERNAL, attributes, ...(startTime !== undefined && { startTime }) }),
    end({ span }, { error, hidesMessage, attributes, endTime } = {}) {
      if (!span) return;
      if (attributes) span.setAttributes(attributes);
      if (error !== undefined) {
        span.setAttribute('error.type', typeOf(error));
        span.setStatus({
          code: SpanStatusCode.ERROR,
          ...(error instanceof Error && !hidesMessage && { message: error.message }),
        });
      }
      span.end(endTime ?? preciseNow());
    },
    async shutdown() {
      try {
        await callWithTimeout(provider.shutdown(), SHUTDOWN_MS);
      } catch {
        // An exporter of the caller's that does not end, or not well.
      }
    },
  };
}

function createExporter({ exporter, endpoint, jaeger, service }: TracingOptions): SpanExporter | undefined {
  if (exporter === 'otlp') return createOtlpExporter(endpoint);
  if (exporter === 'jaeger') return createJaegerExporter(service, jaeger);
  return undefined;
}

const record = (context: Omit<TraceContext, 'spanId' | 'span'>, span: Span): TraceContext => ({
  ...context,
  spanId: span.spanContext().spanId,
  span,
});

/** Lets the SDK begin a trace with the id by which it was chosen to be recorded. */
class ChosenIds implements IdGenerator {
  readonly #random: () => number;
  nextTraceId: string | undefined;

  constructor(random: () => number) {
    this.#random = random;
  }

  generateTraceId(): string {
    const chosen = this.nextTraceId ?? makeTraceId(this.#random);
    this.nextTraceId = undefined;
    return chosen;
  }

  generateSpanId(): string {
    return makeSpanId(this.#random);
  }
}

function contextOf({ traceId, spanId, state, span }: TraceContext): Context {
  if (span) return trace.setSpan(ROOT_CONTEXT, span);
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: TraceFlags.SAMPLED,
    isRemote: true,
    ...(state !== undefined && { traceState: new TraceState(state) }),
  });
}

/** A code, where an error has one, says more than its class. */
function typeOf(error: unknown): string {
  if (!(error instanceof Error)) return '_OTHER';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
