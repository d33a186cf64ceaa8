/** One request and its answer over a connection: the innermost part of a call, written for little work. */
import { ProblemError } from '@wordcloud/contracts';
import type { Dispatcher } from 'undici';
import type { ChannelReply, ChannelRequest } from './channel.ts';
import type { Connections } from './connections.ts';
import type { Outcome } from './outcome.ts';

export interface ExchangeOptions {
  /** Named in errors: "wordcloud-seg". */
  service: string;
  request: ChannelRequest;
  /** Before the path of every operation. */
  rootPath: string;
  headers: Record<string, string>;
  timeoutMs: number;
  /** Is `timeoutMs` nearly all the time that an attempt has? */
  isPatient: boolean;
}

/** Never rejects. */
export function exchange(connections: Pick<Connections, 'of'>, options: ExchangeOptions): Promise<Outcome> {
  return new Promise((resolve) => {
    const reader = new ReplyReader(options, resolve);
    const { request, rootPath, headers } = options;
    const { method, idempotent } = request.operation;
    const { pool, isShared } = connections.of(request.operation);
    const body = request.body ?? null;
    const path = rootPath + request.path;
    try {
      // By default nothing is sent on a connection behind a request that may take long, which to undici each may.
      pool.dispatch({ method, path, headers, body, idempotent, blocking: !isShared }, reader);
    } catch (error) {
      reader.onResponseError(undefined, error as Error);
    }
  });
}

/**
 * Collects an answer. undici's `request()` would make a stream and an AbortController's listeners for each; its handler interface needs
 * neither, and ends a request by its controller.
 */
class ReplyReader implements Dispatcher.DispatchHandler {
  readonly #options: ExchangeOptions;
  readonly #resolve: (outcome: Outcome) => void;
  readonly #timer: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | undefined;
  #isOver = false;
  #status = 0;
  #headers: ChannelReply['headers'] = {};
  #first: Buffer | undefined;
  #rest: Buffer[] | undefined;

  constructor(options: ExchangeOptions, resolve: (outcome: Outcome) => void) {
    this.#options = options;
    this.#resolve = resolve;
    this.#timer = setTimeout(this.#onTimeout, options.timeoutMs);
    const { signal } = options.request;
    if (signal?.aborted) this.#onAbort();
    else signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // undici sends again what was behind a call on whose end the connection was closed: half an answer may be there already.
    this.#first = undefined;
    this.#rest = undefined;
    if (this.#isOver) controller.abort(new Error('nobody waits for it any more'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: ChannelReply['headers']): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#first === undefined) this.#first = chunk;
    else if (this.#rest === undefined) this.#rest = [this.#first, chunk];
    else this.#rest.push(chunk);
  }

  onResponseEnd(): void {
    const bytes = this.#rest ? Buffer.concat(this.#rest) : this.#first;
    const reply = { status: this.#status, headers: this.#headers, text: bytes?.toString() ?? '' };
    this.#end({ kind: 'answered', reply, isSlow: false });
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    const sent = this.#controller !== undefined;
    const reason = errorCode(error) ?? 'connection lost';
    const problem = new ProblemError('UNAVAILABLE', `${this.#options.service} cannot be reached (${reason}).`, {
      cause: error,
      sent,
      retryAfterSeconds: 1,
    });
    this.#end({ kind: sent ? 'broken' : 'unreachable', error: problem });
  }

  readonly #onTimeout = () => {
    const { service, request, timeoutMs, isPatient } = this.#options;
    const detail = `${service} ${request.operationId} did not answer within ${Math.round(timeoutMs)} ms.`;
    this.#giveUp({ kind: 'timeout', error: new ProblemError('DEADLINE_EXCEEDED', detail), isPatient });
  };

  readonly #onAbort = () => {
    this.#giveUp({ kind: 'aborted', error: this.#options.request.signal?.reason });
  };

  #giveUp(outcome: Outcome): void {
    this.#end(outcome);
    this.#controller?.abort(new Error('nobody waits for it any more'));
  }

  #end(outcome: Outcome): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#options.request.signal?.removeEventListener('abort', this.#onAbort);
    this.#resolve(outcome);
  }
}

/** The code of a network error; several attempts (IPv6, IPv4) come as an AggregateError. */
function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError) return errorCode(error.errors[0]);
  if ('cause' in error) return errorCode(error.cause);
  return undefined;
}
