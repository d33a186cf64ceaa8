/**
 * Traces of requests through all services (OpenTelemetry). A service handles many requests of which few are recorded, so the others cost
 * two ids and an object: no span of the SDK, and no AsyncLocalStorage, since the context is handed on as an argument.
 */
import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { callWithTimeout, TraceState } from '@opentelemetry/core';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  BatchSpanProcessor,
  type IdGenerator,
  ParentBasedSampler,
  SamplingDecision,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Logger } from './logger.ts';
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
  exporter: 'none' | 'otlp';
  /** Base address of the collector; see {@link createOtlpExporter}. */
  endpoint?: string;
  /** Share of the traces beginning here that are recorded, from 0 to 1. */
  sampleRatio: number;
  /** Takes the place of `exporter`: another protocol, or a test. */
  spanExporter?: SpanExporter;
  /** Is told when spans cannot be exported, at most once a minute. */
  logger?: Pick<Logger, 'warn'>;
  /** From 0 up to 1; default `Math.random`. */
  random?: () => number;
}

export interface Tracing {
  /** For spans inside of a service. Their parent is given by `trace.setSpan(ROOT_CONTEXT, context.span)`. */
  readonly tracer: Tracer;
  /** @returns the caller's step, from `traceparent` and `tracestate`; undefined without a valid `traceparent` */
  extract(headers: IncomingHeaders): TraceContext | undefined;
  /** Begins the handling of a request: in the caller's trace with the caller's decision, or else in a new one. */
  startServer(name: string, headers: IncomingHeaders, attributes?: Attributes): TraceContext;
  /** Begins a call of another service. Send `traceparentOf` its result along, and its `state`. */
  startClient(name: string, parent: TraceContext | undefined, attributes?: Attributes): TraceContext;
  /** Ends a step, once. With an `error`, it counts as failed; of which answers that is true, the caller knows. */
  end(context: TraceContext, outcome?: { error?: unknown; attributes?: Attributes }): void;
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
  const exporter =
    options.spanExporter ?? (options.exporter === 'otlp' ? createOtlpExporter(options.endpoint) : undefined);
  const root = exporter ? new TraceIdRatioBasedSampler(sampleRatio) : new AlwaysOffSampler();
  const ids = new ChosenIds(random);
  const provider = new TracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({ 'service.name': options.service, 'service.instance.id': options.instance }),
    ),
    sampler: exporter ? new ParentBasedSampler({ root }) : root,
    idGenerator: ids,
    spanProcessors: exporter
      ? [new BatchSpanProcessor({ exporter: new GuardedExporter({ exporter, logger, now: () => performance.now() }) })]
      : [],
  });
  const tracer = provider.getTracer('@wordcloud/telemetry');

  const start = (
    name: string,
    kind: SpanKind,
    parent: TraceContext | undefined,
    attributes: Attributes,
  ): TraceContext => {
    const traceId = parent?.traceId ?? makeTraceId(random);
    const state = parent?.state;
    const sampled =
      parent?.sampled ?? root.shouldSample(ROOT_CONTEXT, traceId).decision === SamplingDecision.RECORD_AND_SAMPLED;
    if (!sampled) return { traceId, spanId: makeSpanId(random), sampled, state };
    // What others record must not hang on a span that nobody has.
    if (parent && !exporter) return { traceId, spanId: parent.spanId, sampled, state };
    if (!parent) ids.nextTraceId = traceId;
    const span = tracer.startSpan(name, { kind, attributes }, parent ? contextOf(parent) : ROOT_CONTEXT);
    return { traceId, spanId: span.spanContext().spanId, sampled, state, span };
  };

  return {
    tracer,
    extract: parseTraceHeaders,
    startServer: (name, headers, attributes = NO_ATTRIBUTES) =>
      start(name, SpanKind.SERVER, parseTraceHeaders(headers), attributes),
    startClient: (name, parent, attributes = NO_ATTRIBUTES) => start(name, SpanKind.CLIENT, parent, attributes),
    end({ span }, { error, attributes } = {}) {
      if (!span) return;
      if (attributes) span.setAttributes(attributes);
      if (error !== undefined) {
        span.setAttribute('error.type', typeOf(error));
        span.setStatus({ code: SpanStatusCode.ERROR, ...(error instanceof Error && { message: error.message }) });
      }
      span.end();
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
