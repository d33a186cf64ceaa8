import { ProblemError } from '@wordcloud/contracts';

/**
 * The end of a request, as a signal: the deadline, or the caller's leaving. Most requests are answered before anybody asks for the signal,
 * so it and its timer are made when that happens.
 */
export class RequestEnd {
  readonly #deadline: number | undefined;
  readonly #now: () => number;
  #controller: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;
  #hasCallerGone = false;

  /** @param deadline milliseconds since 1970; undefined: none */
  constructor(deadline: number | undefined, now: () => number = Date.now) {
    this.#deadline = deadline;
    this.#now = now;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#hasCallerGone) this.#abandon();
      else if (this.#deadline !== undefined && !this.#isOver) this.#watch(this.#deadline - this.#now());
    }
    return this.#controller.signal;
  }

  /** @param isAnswered false: the caller has gone before that */
  close(isAnswered: boolean): void {
    this.#isOver = true;
    this.#hasCallerGone = !isAnswered;
    clearTimeout(this.#timer);
    if (!isAnswered) this.#abandon();
  }

  #watch(leftMs: number): void {
    const end = () =>
      this.#controller?.abort(new ProblemError('DEADLINE_EXCEEDED', 'The time that the caller gave is over.'));
    if (leftMs > 0) this.#timer = setTimeout(end, leftMs);
    else end();
  }

  #abandon(): void {
    this.#controller?.abort(new DOMException('The caller has gone', 'AbortError'));
  }
}
