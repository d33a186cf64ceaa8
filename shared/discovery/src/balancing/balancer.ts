/** An instance that may be called now, with what a choice can depend on. */
export interface Candidate {
  readonly id: string;
  /** Above 0; already reduced while the instance is new. */
  readonly weight: number;
  /** Calls that are under way. */
  readonly inFlight: number;
  /** Milliseconds that calls took lately; undefined before the first answer. */
  readonly latencyMs: number | undefined;
}

/** A strategy: which of the candidates gets the next call. */
export interface Balancer {
  /**
   * @param candidates in any order; a strategy keeps what it must by their ids, so the list may change from call to call
   * @param key for strategies that send the same key to the same instance
   * @returns undefined only when there are no candidates
   */
  pick<C extends Candidate>(candidates: readonly C[], key?: string): C | undefined;
}
