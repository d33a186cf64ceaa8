/**
 * How well this node itself is doing, 0 (healthy) upwards: Lifeguard's "local health multiplier". Who fails to hear from
 * many should first suspect itself, and so takes more time before it suspects others.
 *
 * @see Dadgar et al., "Lifeguard: Local Health Awareness for More Accurate Failure Detection" (2017), section 4.1
 */
export class Awareness {
  readonly #limit: number;
  #score = 0;

  /** @param limit the score stays below it */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get score(): number {
    return this.#score;
  }

  /** Positive for the worse. */
  apply(delta: number): void {
    this.#score = Math.max(0, Math.min(this.#limit - 1, this.#score + delta));
  }

  /** A time limit, longer the worse this node is doing. */
  scale(ms: number): number {
    return ms * (this.#score + 1);
  }
}
