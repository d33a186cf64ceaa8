/** Retries that each call pays in for. */
const DEPOSIT = 0.2;
/** Retries a second that even a client with few calls may make. */
const RESERVE_PER_SECOND = 10;
const MOST = 200;

/**
 * Keeps retries a small part of all calls: when everything fails, repeating everything would only make it worse. A bank of tokens: a call
 * pays in a fifth of one, time some, a retry takes one out.
 *
 * @see Finagle, "RetryBudget"; Google, "Site Reliability Engineering" (2016), chapter 21, "Client-Side Throttling"
 */
export class RetryBudget {
  #tokens = MOST;
  #at: number;
  readonly #now: () => number;

  /** @param now milliseconds */
  constructor(now: () => number) {
    this.#now = now;
    this.#at = now();
  }

  deposit(): void {
    this.#tokens = Math.min(MOST, this.#tokens + DEPOSIT);
  }

  /** @returns whether a retry is covered; it is paid then */
  withdraw(): boolean {
    this.#addReserve();
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }

  /** Retries that are covered now. */
  get balance(): number {
    this.#addReserve();
    return Math.floor(this.#tokens);
  }

  #addReserve(): void {
    const now = this.#now();
    this.#tokens = Math.min(MOST, this.#tokens + ((now - this.#at) / 1_000) * RESERVE_PER_SECOND);
    this.#at = now;
  }
}
