/** A channel to all instances of a service: chooses one for each attempt, and tries another where that is safe. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Operation, ProblemError } from '@wordcloud/contracts';
import { type Balancer, type Balancing, createBalancer, type Discovery, preferZone } from '@wordcloud/discovery';
import { backoffMs } from './backoff.ts';
import type { Channel, ChannelReply, ChannelRequest } from './channel.ts';
import type { ChannelMetrics } from './channel-metrics.ts';
import { DEADLINE_HEADER } from './deadline.ts';
import { hedge } from './hedge.ts';
import type { BreakerOptions } from './instance-breaker.ts';
import { InstanceSet } from './instance-set.ts';
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
  /** A read that takes longer than this quantile (0 to 1) of the latest reads is sent to a second instance, too; default: never. */
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
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#attempt(request, endsAt, tried);
      const isLast = attempt === this.#attempts || this.#isClosed || !mayRepeat(request.operation, outcome);
      if (isLast || !this.#budget.withdraw()) return settle(outcome);
      const waitMs = backoffMs(attempt, this.#random);
      if (this.#now() + waitMs >= endsAt) return settle(outcome);
      this.#metrics?.retried(this.#service);
      await pause(waitMs, undefined, request.signal ? { signal: request.signal } : {}).catch(() => {});
      request.signal?.throwIfAborted();
    }
  }

  /** @param tried those that had this call already; who is chosen is added */
  async #attempt(request: ChannelRequest, endsAt: number, tried: RemoteInstance[]): Promise<Outcome> {
    const first = this.#choose(request, tried);
    if (first === undefined) throw this.#noInstance();
    tried.push(first);
    const { operation } = request;
    const hedgeMs = operation.method === 'GET' && !operation.waits ? this.#hedgeAfterMs(first) : undefined;
    if (hedgeMs === undefined) return this.#call(first, request, endsAt);
    const second = () => {
      const other = this.#choose(request, tried);
      if (other === undefined || tried.includes(other) || !this.#budget.withdraw()) return undefined;
      tried.push(other);
      this.#metrics?.hedged(this.#service);
      return other;
    };
    const call = (instance: RemoteInstance, signal: AbortSignal) =>
      this.#call(instance, { ...request, signal }, endsAt);
    return hedge(first, second, call, hedgeMs, request.signal);
  }

  #call(instance: RemoteInstance, request: ChannelRequest, endsAt: number): Promise<Outcome> {
    const { operation, operationId } = request;
    const leftMs = Math.max(0, endsAt - this.#now());
    const attemptMs = attemptTimeoutMs(operation);
    const timeoutMs = Math.ceil(Math.min(leftMs, attemptMs));
    const headers = { ...request.headers, [DEADLINE_HEADER]: String(timeoutMs) };
    request.onAttempt?.(instance.id);
    const isSlow = (ms: number) => isMuchSlower(instance, this.#instances.all, operationId, ms);
    return instance.call(request, headers, timeoutMs, timeoutMs >= attemptMs, isSlow);
  }

  /** One that was not tried yet, or if there is none, any: who was restarting may be back. */
  #choose(request: ChannelRequest, tried: readonly RemoteInstance[]): RemoteInstance | undefined {
    let able = this.#instances.all.filter((instance) => instance.takesCalls(request.operation.idempotent));
    // Only where nobody else is left does a call try out an instance that could not be repeated.
    if (able.length === 0) able = this.#instances.all.filter((instance) => instance.takesCalls(true));
    const fresh = tried.length === 0 ? able : able.filter((instance) => !tried.includes(instance));
    const candidates = preferZone(fresh.length > 0 ? fresh : able, this.#zone);
    // A breaker that is half open waits for a call that tries; the balancer, which knows only load, would let it wait.
    const probe = candidates.find((instance) => instance.breakerState === 'half-open');
    return probe ?? this.#balancer.pick(candidates, request.key);
  }

  /** Milliseconds after which a second instance is asked, too. */
  #hedgeAfterMs(instance: RemoteInstance): number | undefined {
    if (this.#hedgeQuantile === undefined || this.#instances.all.length < 2) return undefined;
    return instance.durations.quantiles([this.#hedgeQuantile])[0] ?? undefined;
  }

  #noInstance(): ProblemError {
    this.#metrics?.lackedInstance(this.#service);
    const known = this.#instances.all.length;
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

/** Half of the whole for what may be tried again, or the first attempt could use up all of it. */
const attemptTimeoutMs = ({ attemptTimeoutMs, timeoutMs, idempotent }: Operation): number =>
  attemptTimeoutMs ?? (idempotent ? timeoutMs / 2 : timeoutMs);

function settle(outcome: Outcome): ChannelReply {
  if (outcome.kind === 'answered') return outcome.reply;
  throw outcome.error;
}

const closedError = (service: string): ProblemError =>
  new ProblemError('UNAVAILABLE', `${service} is not called any more: the client is closed.`, { sent: false });
