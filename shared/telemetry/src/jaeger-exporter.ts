/**
 * Sends spans to Jaeger in its own format (Thrift), through the senders of jaeger-client, which is loaded only here. Nobody maintains
 * jaeger-client any more: prefer OTLP, which Jaeger takes as well.
 */
import { createRequire } from 'node:module';
import { isIPv6 } from 'node:net';
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { type JaegerSpan, type JaegerTag, toJaegerSpan, toTags } from './jaeger-span.ts';

export interface JaegerTarget {
  /** Takes Thrift in binary over UDP; default 127.0.0.1. What is sent while nobody is there is lost without a word. */
  agentHost?: string;
  /** Default 6832. */
  agentPort?: number;
  /** Of the collector, as `http://jaeger:14268/api/traces`: over HTTP instead. A user and a password may stand in it. */
  endpoint?: string;
}

/** Of jaeger-client, which has no types for it. */
interface Sender {
  setProcess(process: { serviceName: string; tags: JaegerTag[] }): void;
  append(span: JaegerSpan, done: SenderCallback): void;
  flush(done: SenderCallback): void;
  close(): void;
}
type SenderCallback = (spans: number, error?: string) => void;
type SenderClass = new (options: object) => Sender;

/** Milliseconds for one batch; jaeger-client has a limit, but does nothing when it is reached. */
const EXPORT_MS = 1_500;
/** Spans in one HTTP request: a whole batch of the SDK. */
const MOST_SPANS = 512;
/** Its failures come by callback as well. */
const SILENT = { info() {}, error() {} };

/**
 * @param service name of the process
 * @throws TypeError when `endpoint` is no URL of http or https
 */
export function createJaegerExporter(service: string, target: JaegerTarget = {}): SpanExporter {
  if (target.endpoint) checkEndpoint(target.endpoint);
  return new JaegerExporter(service, senderOf(target));
}

class JaegerExporter implements SpanExporter {
  readonly #service: string;
  readonly #makeSender: () => Sender;
  #sender: Sender | undefined;
  /** A sender puts one batch together at a time. */
  #last: Promise<unknown> = Promise.resolve();
  #isShutDown = false;

  constructor(service: string, makeSender: () => Sender) {
    this.#service = service;
    this.#makeSender = makeSender;
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    const sent = this.#last.then(() => this.#send(spans));
    this.#last = sent.catch(() => {});
    sent.then(
      () => done({ code: ExportResultCode.SUCCESS }),
      (error: Error) => done({ code: ExportResultCode.FAILED, error }),
    );
  }

  /** What is still under way is given up. */
  async shutdown(): Promise<void> {
    this.#isShutDown = true;
    this.#close();
  }

  async #send(spans: ReadableSpan[]): Promise<void> {
    if (this.#isShutDown) throw new Error('shut down');
    this.#sender ??= this.#open(spans[0]);
    try {
      await within(EXPORT_MS, sendAll(this.#sender, spans.map(toJaegerSpan)));
    } catch (error) {
      // Its connections end with it; otherwise they would hang, and what it holds would be sent with the next batch.
      this.#close();
      throw error;
    }
  }

  #open(first: ReadableSpan | undefined): Sender {
    const sender = this.#makeSender();
    const { 'service.name': _service, ...attributes } = first?.resource.attributes ?? {};
    sender.setProcess({ serviceName: this.#service, tags: toTags(attributes) });
    return sender;
  }

  #close(): void {
    this.#sender?.close();
    this.#sender = undefined;
  }
}

function senderOf({ agentHost = '127.0.0.1', agentPort = 6832, endpoint }: JaegerTarget): () => Sender {
  if (endpoint) {
    const Http = load('http_sender');
    const options = { ...withoutUser(endpoint), maxSpanBatchSize: MOST_SPANS, logger: SILENT };
    return () => new Http(options);
  }
  const Udp = load('udp_sender');
  const socketType = isIPv6(agentHost) ? 'udp6' : 'udp4';
  return () => new Udp({ host: agentHost, port: agentPort, socketType, logger: SILENT });
}

/** Here and not above: it takes time and memory that only those shall pay who use it. */
function load(sender: 'http_sender' | 'udp_sender'): SenderClass {
  const require = createRequire(import.meta.url);
  return (require(`jaeger-client/dist/src/reporters/${sender}.js`) as { default: SenderClass }).default;
}

function withoutUser(endpoint: string) {
  const url = new URL(endpoint);
  const [username, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  url.username = '';
  url.password = '';
  return { username, password, endpoint: url.href };
}

function checkEndpoint(endpoint: string): void {
  const protocol = URL.parse(endpoint)?.protocol;
  if (protocol === 'http:' || protocol === 'https:') return;
  // It may hold a password.
  throw new TypeError("The address of Jaeger's collector must begin with http:// or https://");
}

/** @throws Error of the first failure; a span that is too large for a packet does not keep the others back */
async function sendAll(sender: Sender, spans: JaegerSpan[]): Promise<void> {
  let failure: unknown;
  // One after another: a packet that is full is sent before the next span is put in.
  for (const span of spans) {
    await called((done) => sender.append(span, done)).catch((error) => {
      failure ??= error;
    });
  }
  await called((done) => sender.flush(done));
  if (failure !== undefined) throw failure;
}

const called = (call: (done: SenderCallback) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    call((_spans, error) => (error ? reject(new Error(String(error))) : resolve()));
  });

async function within(ms: number, work: Promise<void>): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(reject, ms, new Error(`no answer in ${ms} ms`));
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
