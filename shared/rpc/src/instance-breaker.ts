import CircuitBreaker from 'opossum';
import { isInstanceFault, type Outcome } from './outcome.ts';

export interface BreakerOptions {
  /** It opens when more than this share of the calls, in percent, are faults; default 50. */
  errorPercent?: number;
  /** Calls within the window before it can open; default 6. */
  minimumCalls?: number;
  /** Milliseconds that are looked back at; default 10,000. */
  windowMs?: number;
  /** Milliseconds until a probe is let through; default 5,000. */
  openMs?: number;
}

type Opossum = CircuitBreaker<[() => Promise<Outcome>], Outcome>;

export type BreakerState = 'closed' | 'open' | 'half-open';

/**
 * The breaker of one instance: while it is open, the instance gets no calls; then one call probes whether it has recovered.
 *
 * opossum decides; here stands what a failure is. A caller who gives up during the probe has proved nothing, so the breaker opens again
 * then: opossum would take an error that is not the instance's fault as a success, and close. And one that closes is replaced by a new
 * one: opossum's would remember the faults from before, and open at the next one.
 */
export class InstanceBreaker {
  readonly #options: BreakerOptions;
  readonly #onState: (state: BreakerState) => void;
  #breaker: Opossum;

  /** @param onState called after each change */
  constructor(options: BreakerOptions, onState: (state: BreakerState) => void) {
    this.#options = options;
    this.#onState = onState;
    this.#breaker = this.#create();
  }

  #create(): Opossum {
    const { errorPercent = 50, minimumCalls = 6, windowMs = 10_000, openMs = 5_000 } = this.#options;
    const breaker: Opossum = new CircuitBreaker((work: () => Promise<Outcome>) => work().then(throwFault), {
      timeout: false,
      errorThresholdPercentage: errorPercent,
      volumeThreshold: minimumCalls,
      rollingCountTimeout: windowMs,
      resetTimeout: openMs,
      rollingPercentilesEnabled: false,
      enableSnapshots: false,
      errorFilter: (error: unknown) => error instanceof NeutralOutcome && !breaker.halfOpen,
    });
    breaker.on('open', () => this.#onState('open'));
    breaker.on('halfOpen', () => this.#onState('half-open'));
    breaker.on('close', () => {
      breaker.shutdown();
      this.#breaker = this.#create();
      this.#onState('closed');
    });
    return breaker;
  }

  get state(): BreakerState {
    if (this.#breaker.closed) return 'closed';
    return this.#breaker.halfOpen ? 'half-open' : 'open';
  }

  /** @param isProbe may this call be the one that tries? One that cannot be repeated elsewhere should not */
  lets(isProbe: boolean): boolean {
    return this.#breaker.closed || (isProbe && this.#breaker.halfOpen && this.#breaker.pendingClose);
  }

  /** Only when `lets` said yes. Never rejects, as the work does not. */
  async run(work: () => Promise<Outcome>): Promise<Outcome> {
    try {
      return await this.#breaker.fire(work);
    } catch (error) {
      if (error instanceof CountedOutcome) return error.outcome;
      throw error;
    }
  }

  close(): void {
    this.#breaker.shutdown();
  }
}

/** Carries an outcome through opossum, which knows only values and errors. No Error: it needs no stack. */
class CountedOutcome {
  readonly outcome: Outcome;
  constructor(outcome: Outcome) {
    this.outcome = outcome;
  }
}
/** Says nothing about the instance, neither good nor bad. */
class NeutralOutcome extends CountedOutcome {}

function throwFault(outcome: Outcome): Outcome {
  if (isInstanceFault(outcome)) throw new CountedOutcome(outcome);
  if (outcome.kind !== 'answered') throw new NeutralOutcome(outcome);
  return outcome;
}
