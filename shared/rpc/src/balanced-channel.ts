/** A channel to all instances of a service: chooses one for each attempt, and tries another where that is safe. */
import { setTimeout as pause } from 'node:timers/promises';
import { ProblemError } from '@wordcloud/contracts';
import { type Balancer, type Balancing, createBalancer, type Discovery } from '@wordcloud/discovery';
import { backoffMs } from './backoff.ts';
import type { Channel, ChannelReply, ChannelRequest } from './channel.ts';
import type { ChannelMetrics } from './channel-metrics.ts';
import { chooseInstance } from './choose-instance.ts';
import { attemptTime, DEADLINE_HEADER } from './deadline.ts';
import { hedge } from './hedge.ts';
import type { BreakerOptions } from './instance-breaker.ts';
import { InstanceSet } from './instance-set.ts';
import { LatencyWindows } from './latency.ts';
import { mayRepeat, type Outcome } from './outcome.ts';
import type { RemoteInstance } from './remote-instance.ts';
import { RetryBudget } from './retry-budget.ts';
import { isMuchSlower } from './slow-calls.ts';

export interface BalancedChannelOptions {
  discovery: Discovery;
  /** Default `least-loaded-of-two`. */
  balancing?: Balancing;
  /** Instances of this zone first; default: no zones. */
  zone?: string;
  /** Attempts at most, the first included; default 3. */
  attempts?: number;
  breaker?: BreakerOptions;
  /** Milliseconds in which a newcomer grows to its whole weight; default 5,000. */
  warmUpMs?: number;
  /** A read that takes longer than this quantile (0 to 1) of its like lately is sent to a second instance, too; default: never. */
  hedgeQuantile?: number;
  /** Connections to each instance at most; default 128. Long polls hold one each. */
  connections?: number;
  /** Milliseconds until a connection must stand; default 1,000. */
  connectTimeoutMs?: number;
  metrics?: ChannelMetrics;
  /** From 0 to below 1; default Math.random. */
  random?: () => number;
  /** Milliseconds, any beginning; default performance.now. */
  now?: () => number;
}

/** A channel with what it knows of the instances. */
export interface BalancedChannel extends Channel {
  state(): ChannelState;
}

export interface ChannelState {
  service: string;
  balancing: Balancing;
  retriesLeft: number;
  instances: ReturnType<InstanceSet['state']>;
}

export function createBalancedChannel(service: string, options: BalancedChannelOptions): BalancedChannel {
  return new Balanced(service, options);
}

class Balanced implements BalancedChannel {
  readonly #service: string;
  readonly #balancing: Balancing;
  readonly #balancer: Balancer;
  readonly #instances: InstanceSet;
  readonly #budget: RetryBudget;
  readonly #zone: string;
  readonly #attempts: number;
  readonly #hedgeQuantile: number | undefined;
  readonly #metrics: ChannelMetrics | undefined;
  readonly #random: () => number;
  readonly #now: () => number;
  /** How long hedged operations took, wherever they ran: one who is always slow must not set its own measure. */
  readonly #reads = new LatencyWindows();
  #isClosed = false;

  constructor(service: string, options: BalancedChannelOptions) {
    const { random = Math.random, now = () => performance.now() } = options;
    this.#service = service;
    this.#balancing = options.balancing ?? 'least-loaded-of-two';
    this.#balancer = createBalancer(this.#balancing, random);
    this.#instances = new InstanceSet(service, options.discovery, {
      breaker: options.breaker ?? {},
      warmUpMs: options.warmUpMs ?? 5_000,
      connections: options.connections ?? 128,
      connectTimeoutMs: options.connectTimeoutMs ?? 1_000,
      metrics: options.metrics,
      now,
    });
    this.#budget = new RetryBudget(now);
    this.#zone = options.zone ?? '';
    this.#attempts = options.attempts ?? 3;
    this.#hedgeQuantile = options.hedgeQuantile;
    this.#metrics = options.metrics;
    this.#random = random;
    this.#now = now;
  }

  async send(request: ChannelRequest): Promise<ChannelReply> {
    if (this.#isClosed) throw closedError(this.#service);
    request.signal?.throwIfAborted();
    const endsAt = this.#now() + request.budgetMs;
    this.#budget.deposit();
    const tried: RemoteInstance[] = [];
    let instance = this.#choose(request, tried);
    if (instance === undefined) throw this.#noInstance();
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#attempt(instance, request, endsAt, tried);
      const isLast = attempt === this.#attempts || this.#isClosed || !mayRepeat(request.operation, outcome);
      const waitMs = backoffMs(attempt, this.#random);
      if (isLast || this.#now() + waitMs >= endsAt || !this.#budget.withdraw()) return settle(outcome);
      await pause(waitMs, undefined, request.signal ? { signal: request.signal } : {}).catch(() => {});
      request.signal?.throwIfAborted();
      instance = this.#choose(request, tried);
      // What became of the call says more than that nobody is left for another attempt.
      if (instance === undefined || this.#now() >= endsAt) return settle(outcome);
      this.#metrics?.retried(this.#service);
    }
  }

  /** @param tried those that had this call already; who gets it now is added */
  async #attempt(
    first: RemoteInstance,
    request: ChannelRequest,
    endsAt: number,
    tried: RemoteInstance[],
  ): Promise<Outcome> {
    tried.push(first);
    const { operation, operationId } = request;
    if (this.#hedgeQuantile === undefined || operation.method !== 'GET' || operation.waits) {
      return this.#call(first, request, endsAt);
    }
    const reads = this.#reads.of(operationId);
    const [afterMs] = reads.quantiles([this.#hedgeQuantile]);
    const startedAt = this.#now();
    const second = () => {
      // No probe: it would be ended, and so have failed, as soon as the first answers.
      const other = this.#choose(request, tried, false);
      if (other === undefined || tried.includes(other) || !this.#budget.withdraw()) return undefined;
      tried.push(other);
      this.#metrics?.hedged(this.#service);
      return other;
    };
    const call = (instance: RemoteInstance, signal: AbortSignal | undefined) =>
      this.#call(instance, { ...request, signal }, endsAt);
    const outcome =
      afterMs === null
        ? await call(first, request.signal)
        : await hedge({ operation, first, second, call, afterMs, parent: request.signal });
    if (outcome.kind === 'answered' && outcome.reply.status < 500) reads.add(this.#now() - startedAt);
    return outcome;
  }

  #call(instance: RemoteInstance, request: ChannelRequest, endsAt: number): Promise<Outcome> {
    const { timeoutMs, isPatient } = attemptTime(request.operation, endsAt - this.#now());
    const headers = { ...request.headers, [DEADLINE_HEADER]: String(timeoutMs) };
    request.onAttempt?.(instance.id);
    const isSlow = (ms: number) => isMuchSlower(instance, this.#instances.all, request.operationId, ms);
    return instance.call(request, headers, timeoutMs, isPatient, isSlow);
  }

  /** @param isProbe by default if the call can be repeated and is answered soon */
  #choose(
    { operation, key }: ChannelRequest,
    tried: readonly RemoteInstance[],
    isProbe = operation.idempotent && !operation.waits,
  ): RemoteInstance | undefined {
    return chooseInstance(this.#instances.all, { tried, isProbe, key, zone: this.#zone, balancer: this.#balancer });
  }

  #noInstance(): ProblemError {
    const known = this.#instances.all.length;
    this.#metrics?.lackedInstance(this.#service, known > 0);
    const why = known === 0 ? 'none is known' : `of ${known} none takes calls now`;
    return new ProblemError('NO_INSTANCE', `No instance of ${this.#service} is available: ${why}.`, {
      sent: false,
      retryAfterSeconds: 1,
    });
  }

  state(): ChannelState {
    return {
      service: this.#service,
      balancing: this.#balancing,
      retriesLeft: this.#budget.balance,
      instances: this.#instances.state(),
    };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#instances.close();
  }
}

function settle(outcome: Outcome): ChannelReply {
  if (outcome.kind === 'answered') return outcome.reply;
  throw outcome.error;
}

const closedError = (service: string): ProblemError =>
  new ProblemError('UNAVAILABLE', `${service} is not called any more: the client is closed.`, { sent: false });
