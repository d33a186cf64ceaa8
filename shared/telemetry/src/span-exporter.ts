/** Where recorded spans go. A collector that is away costs spans and one line of the log a minute, nothing else. */
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import type { Logger } from './logger.ts';

/** Milliseconds for one batch, retries included. Below what a shutdown may take, so that no request of ours outlives it. */
const EXPORT_MS = 1_500;
/** After this, an exporter that says nothing is taken to have failed. */
const SILENCE_MS = 1_650;
const LOG_EVERY_MS = 60_000;

/**
 * Sends spans by OTLP over HTTP, as JSON.
 *
 * @param endpoint base address of the collector, such as `http://jaeger:4318`; `/v1/traces` is added. Default: as OpenTelemetry says,
 *   `OTEL_EXPORTER_OTLP_ENDPOINT` or `http://localhost:4318`
 * @throws Error when it is no URL
 * @see https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 */
export function createOtlpExporter(endpoint?: string): SpanExporter {
  return new OTLPTraceExporter({
    ...(endpoint !== undefined && { url: `${endpoint.replace(/\/+$/, '')}/v1/traces` }),
    timeoutMillis: EXPORT_MS,
    // The agent's time counts while it connects, too; the exporter's own only after that.
    httpAgentOptions: { keepAlive: true, timeout: EXPORT_MS },
  });
}

export interface GuardedExporterOptions {
  exporter: SpanExporter;
  logger?: Pick<Logger, 'warn'> | undefined;
  /** Milliseconds of a clock that only goes forward. */
  now: () => number;
}

/** Another exporter, whose failures neither throw nor fill the log. */
export class GuardedExporter implements SpanExporter {
  readonly #exporter: SpanExporter;
  readonly #logger: Pick<Logger, 'warn'> | undefined;
  readonly #now: () => number;
  #loggedAt = Number.NEGATIVE_INFINITY;
  #lostSpans = 0;

  constructor({ exporter, logger, now }: GuardedExporterOptions) {
    this.#exporter = exporter;
    this.#logger = logger;
    this.#now = now;
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    let isOver = false;
    const finish = (result: ExportResult) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      if (result.code !== ExportResultCode.SUCCESS) this.#lose(spans.length, result.error);
      done(result);
    };
    const fail = (error: Error) => finish({ code: ExportResultCode.FAILED, error });
    const timer = setTimeout(fail, SILENCE_MS, new Error('no answer'));
    try {
      this.#exporter.export(spans, finish);
    } catch (error) {
      fail(error as Error);
    }
  }

  shutdown(): Promise<void> {
    return this.#exporter.shutdown();
  }

  #lose(spans: number, error: Error | undefined): void {
    this.#lostSpans += spans;
    if (this.#now() - this.#loggedAt < LOG_EVERY_MS) return;
    this.#loggedAt = this.#now();
    this.#logger?.warn({ reason: reasonOf(error), lostSpans: this.#lostSpans }, 'traces could not be exported');
    this.#lostSpans = 0;
  }
}

/** Of a host with two addresses, the error has a code and no message. */
function reasonOf(error: (Error & { code?: unknown }) | undefined): string {
  return error?.message || String(error?.code ?? 'unknown');
}
