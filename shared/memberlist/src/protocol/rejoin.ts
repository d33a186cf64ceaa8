import type { Address, JoinTarget } from '../addresses.ts';
import type { Timer } from '../clock.ts';
import type { NodeEntry } from '../membership/node-entry.ts';
import { addressText } from '../node.ts';
import { resolveTarget } from '../transport/resolve.ts';
import type { Context } from './context.ts';
import { joinTargets } from './join.ts';

/** Until the first success it is tried more often: nodes may start in any order. */
const FIRST_RETRY_MS = 500;
/** Nodes that failed are looked for as long. */
const REMEMBER_LOST_MS = 24 * 60 * 60 * 1000;
const REMEMBER_LOST_COUNT = 256;

/**
 * Brings a cluster together again. Once both sides of a partition have forgotten each other, gossip alone never would (upstream's
 * issue 222): so the seeds, and nodes that were lost without a good-bye, are tried again and again.
 */
export class Rejoin {
  readonly #context: Context;
  readonly #lost = new Map<string, Address & { at: number }>();
  #timer: Timer | undefined;
  #running: AbortController | undefined;
  #retryMs = FIRST_RETRY_MS;

  constructor(context: Context) {
    this.#context = context;
  }

  start(): void {
    const { rejoinIntervalMs } = this.#context.config;
    if (rejoinIntervalMs > 0) void this.#round();
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#running?.abort();
    this.#running = undefined;
  }

  nodeFailed({ name, address, port }: NodeEntry): void {
    if (this.#lost.size >= REMEMBER_LOST_COUNT) this.#lost.delete(this.#lost.keys().next().value!);
    this.#lost.set(name, { address, port, at: this.#context.config.clock.now() });
  }

  nodeIsBackOrLeft({ name }: NodeEntry): void {
    this.#lost.delete(name);
  }

  async #round(): Promise<void> {
    const { config, membership, warn } = this.#context;
    const { clock, random, rejoinIntervalMs, seeds } = config;
    const running = new AbortController();
    this.#running = running;
    const missing = membership.hasLeft
      ? []
      : await Promise.all(seeds.map((seed) => this.#missing(seed, running.signal)));
    const targets = [...missing.flat(), ...(membership.hasLeft ? [] : this.#lostTarget())];
    if (running.signal.aborted) return;
    if (targets.length > 0) {
      config.meter.count('rejoin');
      const result = await joinTargets(this.#context, targets, running.signal).catch(() => undefined);
      if (running.signal.aborted) return;
      if (result && result.joined.length > 0) this.#retryMs = rejoinIntervalMs;
      else if (result && membership.table.countLive() < 2) {
        const reason = result.errors[0]?.message;
        warn({ code: 'REJOIN_FAILED', message: `this node is alone, and no seed can be reached: ${reason}` });
      }
    } else if (seeds.length === 0 || membership.table.countLive() > 1) this.#retryMs = rejoinIntervalMs;
    // Nodes that lost each other at the same moment should not all try at the same moment.
    this.#timer = clock.after(this.#retryMs * (0.75 + random() / 2), () => void this.#round());
    this.#retryMs = Math.min(rejoinIntervalMs, this.#retryMs * 2);
  }

  /**
   * What of a seed must be joined: nothing when members are there. Its name is resolved anew each time, and may stand for many
   * nodes, this one among them.
   */
  async #missing(seed: JoinTarget, signal: AbortSignal): Promise<JoinTarget[]> {
    const { membership, config } = this.#context;
    if (seed.name !== undefined) return membership.table.get(seed.name)?.isLive ? [] : [seed];
    // A name that is not known gives its error when it is joined.
    const addresses = await resolveTarget(seed, config.dnsServer, signal).catch(() => undefined);
    if (!addresses) return [seed];
    const { bound } = this.#context.transport;
    const isSame = (one: Address, other: Address) => one.address === other.address && one.port === other.port;
    const others = addresses.filter((each) => !isSame(each, bound) && !isSame(each, membership.self ?? bound));
    const isMember = (each: Address) => membership.table.entries.some((entry) => entry.isLive && isSame(entry, each));
    const strangers = others.filter((each) => !isMember(each));
    // All are joined at first. Later one in each round: those who asked before the name stood for everybody may have found only each
    // other, and an address that is out of date must not hold up the round.
    const tried = strangers.length < others.length ? this.#anyOf(strangers) : strangers;
    return tried.map(({ address, port }) => ({ host: address, port }));
  }

  /** One of the lost, at random: a round must not take long. */
  #lostTarget(): JoinTarget[] {
    const { clock, logger } = this.#context.config;
    for (const [name, { at }] of this.#lost) if (clock.now() - at > REMEMBER_LOST_MS) this.#lost.delete(name);
    return this.#anyOf([...this.#lost.values()]).map((lost) => {
      logger.debug({ address: addressText(lost) }, 'looking for a lost node');
      return { host: lost.address, port: lost.port };
    });
  }

  /** One at random, or none where there is none. */
  #anyOf<T>(all: readonly T[]): T[] {
    const chosen = all[Math.floor(this.#context.config.random() * all.length)];
    return chosen === undefined ? [] : [chosen];
  }
}
