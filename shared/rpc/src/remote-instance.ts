import type { Candidate, ServiceInstance } from '@wordcloud/discovery';
import { slowStartShare } from '@wordcloud/discovery';
import type { ChannelRequest } from './channel.ts';
import { Connections, type ConnectionsOptions } from './connections.ts';
import { exchange } from './exchange.ts';
import { type BreakerOptions, type BreakerState, InstanceBreaker } from './instance-breaker.ts';
import { LatencyWindow, MovingAverage, Pace } from './latency.ts';
import { isInstanceFault, type Outcome, saysGoodbye } from './outcome.ts';

/** A fault counts as this much latency, or an instance that fails fast would look like the best of all. */
const FAULT_COUNTS_MS = 1_000;
/** Milliseconds for which a good-bye holds. Discovery usually tells of the end by then; at a fixed address the successor may be there. */
const GOODBYE_HOLDS_MS = 1_000;

export interface RemoteInstanceOptions extends ConnectionsOptions {
  breaker: BreakerOptions;
  /** Milliseconds in which a newcomer grows to its whole weight. */
  warmUpMs: number;
  /** Milliseconds, any beginning. */
  now: () => number;
  onBreaker: (state: BreakerState) => void;
}

/** One instance as this client sees it: its connections, its breaker, what it has to do for us and how long that takes. */
export class RemoteInstance implements Candidate {
  readonly id: string;
  described: ServiceInstance;
  inFlight = 0;
  calls = 0;
  faults = 0;
  readonly durations = new LatencyWindow();
  readonly #options: RemoteInstanceOptions;
  readonly #breaker: InstanceBreaker;
  readonly #connections: Connections;
  readonly #rootPath: string;
  #warmsUpFrom: number;
  #latency = new MovingAverage();
  readonly #paces = new Map<string, Pace>();
  #leftUntil = Number.NEGATIVE_INFINITY;

  constructor(described: ServiceInstance, options: RemoteInstanceOptions) {
    this.id = described.id;
    this.described = described;
    this.#options = options;
    this.#warmsUpFrom = options.now();
    this.#breaker = new InstanceBreaker(options.breaker, (state) => {
      if (state === 'closed') this.#recover();
      options.onBreaker(state);
    });
    const { origin, pathname } = new URL(described.baseUrl);
    this.#rootPath = pathname === '/' ? '' : pathname;
    this.#connections = new Connections(origin, options);
  }

  get breakerState(): BreakerState {
    return this.#breaker.state;
  }

  get weight(): number {
    return this.described.weight * slowStartShare(this.#options.now() - this.#warmsUpFrom, this.#options.warmUpMs);
  }

  get zone(): string {
    return this.described.zone;
  }

  get latencyMs(): number | undefined {
    return this.#latency.read(this.#options.now());
  }

  /** How long it takes for an operation, lately; undefined when it has done none. */
  paceOf(operationId: string): number | undefined {
    return this.#paces.get(operationId)?.read(this.#options.now());
  }

  /** @param isProbe may this call try out whether the instance has recovered? */
  takesCalls(isProbe: boolean): boolean {
    const { status, weight } = this.described;
    return status === 'up' && weight > 0 && this.#options.now() >= this.#leftUntil && this.#breaker.lets(isProbe);
  }

  /**
   * One attempt. Never rejects.
   *
   * @param isPatient is `timeoutMs` nearly all the time that an attempt has?
   * @param isSlow is an answer after so many milliseconds much slower than usual elsewhere?
   */
  async call(
    request: ChannelRequest,
    headers: Record<string, string>,
    timeoutMs: number,
    isPatient: boolean,
    isSlow: (ms: number) => boolean,
  ): Promise<Outcome> {
    const { service } = this.described;
    const startedAt = this.#options.now();
    this.inFlight++;
    const outcome = await this.#breaker.run(async () => {
      const options = { service, request, rootPath: this.#rootPath, headers, timeoutMs, isPatient };
      const result = await exchange(this.#connections, options);
      if (result.kind !== 'answered' || request.operation.waits) return result;
      return isSlow(this.#options.now() - startedAt) ? { ...result, isSlow: true } : result;
    });
    this.inFlight--;
    this.#learn(request, outcome, startedAt);
    return outcome;
  }

  #learn({ operation, operationId }: ChannelRequest, outcome: Outcome, startedAt: number): void {
    const now = this.#options.now();
    const ms = now - startedAt;
    this.calls++;
    if (saysGoodbye(outcome)) this.#leftUntil = now + GOODBYE_HOLDS_MS;
    if (isInstanceFault(outcome)) {
      this.faults++;
      this.#latency.add(Math.max(ms, FAULT_COUNTS_MS), now);
    } else if (operation.waits) {
      return;
    } else if (outcome.kind !== 'answered') {
      // Nobody waited to the end, so it takes at least so long: one that hangs must not look idle.
      if (ms > (this.latencyMs ?? 0)) this.#latency.add(ms, now);
    } else {
      this.durations.add(ms);
      this.#latency.add(ms, now);
      let pace = this.#paces.get(operationId);
      if (pace === undefined) {
        pace = new Pace();
        this.#paces.set(operationId, pace);
      }
      pace.add(ms, now);
    }
  }

  /** It begins anew, as a newcomer would: what its faults made of its latency would keep it without work for a minute. */
  #recover(): void {
    this.#latency = new MovingAverage();
    this.#warmsUpFrom = this.#options.now();
  }

  /**
   * @param isOrderly it leaves by its own will: what is in hand is finished. Otherwise it has failed, and nobody waits for it any longer
   */
  async close(isOrderly: boolean): Promise<void> {
    this.#breaker.close();
    await (isOrderly ? this.#connections.close() : this.#connections.destroy(new Error('the instance has failed')));
  }
}
