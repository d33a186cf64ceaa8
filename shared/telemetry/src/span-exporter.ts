/** Where recorded spans go. A collector that is away costs spans and one line of the log a minute, nothing else. */
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
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
 * Sends spans by OTLP over HTTP, as JSON. Its certificates are Node's, with those of `NODE_EXTRA_CA_CERTS`.
 *
 * @param endpoint base address of the collector, such as `http://jaeger:4318`; `/v1/traces` is added. Default: as OpenTelemetry says,
 *   `OTEL_EXPORTER_OTLP_ENDPOINT` or `http://localhost:4318`
 * @throws TypeError when it is no URL of http or https
 * @see https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 */
export const createOtlpExporter = (endpoint?: string): SpanExporter => new OtlpExporter(endpoint);

class OtlpExporter extends OTLPTraceExporter {
  readonly #agents: HttpAgent[];

  constructor(endpoint: string | undefined) {
    const agents: HttpAgent[] = [];
    super({
      ...(endpoint !== undefined && { url: tracesUrl(endpoint) }),
      timeoutMillis: EXPORT_MS,
      httpAgentOptions: (protocol) => {
        // The agent's time counts while it connects, too; the exporter's own only after that.
        const options = { keepAlive: true, timeout: EXPORT_MS };
        const agent = protocol === 'https:' ? new HttpsAgent(options) : new HttpAgent(options);
        agents.push(agent);
        return agent;
      },
    });
    this.#agents = agents;
  }

  /** An answer that never ends would keep the process alive. */
  override shutdown(): Promise<void> {
    for (const agent of this.#agents) agent.destroy();
    return super.shutdown();
  }
}

/** Without a scheme, `jaeger:4318` is a URL, too. */
function tracesUrl(endpoint: string): string {
  const { protocol } = new URL(endpoint);
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new TypeError(`The collector's address is "${endpoint}"; it must begin with http:// or https://`);
  }
  return `${endpoint.replace(/\/+$/, '')}/v1/traces`;
}

export interface GuardedExporterOptions {
  exporter: SpanExporter;
  logger?: Pick<Logger, 'warn'> | undefined;
  /** Milliseconds of a clock that only goes forward. */
  now: () => number;
}

/**
 * Another exporter, whose failures neither throw nor fill the log. They are not passed on, either: after a failed batch, the SDK's
 * processor would not shut the exporter down.
 */
export class GuardedExporter implements SpanExporter {
  readonly #exporter: SpanExporter;
  readonly #logger: Pick<Logger, 'warn'> | undefined;
  readonly #now: () => number;
  readonly #underWay = new Set<Promise<void>>();
  #loggedAt = Number.NEGATIVE_INFINITY;
  #lostSpans = 0;

  constructor({ exporter, logger, now }: GuardedExporterOptions) {
    this.#exporter = exporter;
    this.#logger = logger;
    this.#now = now;
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    const end = this.#send(spans).then((result) => {
      this.#underWay.delete(end);
      if (result.code !== ExportResultCode.SUCCESS) this.#lose(spans.length, result.error);
      done({ code: ExportResultCode.SUCCESS });
    });
    this.#underWay.add(end);
  }

  /** Waits for the batches under way, each of which ends in time. */
  async shutdown(): Promise<void> {
    await Promise.all(this.#underWay);
    await this.#exporter.shutdown();
  }

  #send(spans: ReadableSpan[]): Promise<ExportResult> {
    return new Promise((resolve) => {
      const fail = (error: unknown) => finish({ code: ExportResultCode.FAILED, error: error as Error });
      const timer = setTimeout(fail, SILENCE_MS, new Error('no answer'));
      const finish = (result: ExportResult) => {
        clearTimeout(timer);
        resolve(result);
      };
      try {
        this.#exporter.export(spans, finish);
      } catch (error) {
        fail(error);
      }
    });
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
