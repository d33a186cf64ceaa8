import type { Address } from './addresses.ts';
import { startTicker, type Timer } from './clock.ts';
import type { Config } from './config.ts';
import type { Emit, MemberlistEvents } from './events.ts';
import { Extensions } from './extensions/extensions.ts';
import { Membership } from './membership/membership.ts';
import type { NodeEntry } from './membership/node-entry.ts';
import type { Node } from './node.ts';
import { Acknowledgements } from './protocol/acknowledgements.ts';
import { pushPull, pushPullScale } from './protocol/anti-entropy.ts';
import { type Context, createWarner } from './protocol/context.ts';
import { delegateBroadcasts } from './protocol/delegate-broadcasts.ts';
import { gossip } from './protocol/dissemination.ts';
import { FailureDetector } from './protocol/failure-detector.ts';
import { PacketHandler } from './protocol/packet-handler.ts';
import { PacketSender } from './protocol/packet-sender.ts';
import { Rejoin } from './protocol/rejoin.ts';
import { StreamHandler } from './protocol/stream-handler.ts';
import { isPublicAddress } from './transport/advertise.ts';
import type { Transport } from './transport/transport.ts';

/** The parts of a running node, put together. */
export class Runtime {
  readonly context: Context;
  readonly membership: Membership;
  readonly acknowledgements: Acknowledgements;
  readonly extensions: Extensions;
  readonly sender: PacketSender;
  readonly packets: PacketHandler;
  readonly streams: StreamHandler;
  readonly #failureDetector: FailureDetector;
  readonly #rejoin: Rejoin;
  readonly #advertised: Address;
  #tickers: Timer[] = [];

  /** @param emit tells the application */
  constructor(config: Config, transport: Transport, advertised: Address, emit: Emit) {
    this.#advertised = advertised;
    const emitAll: Emit = (event, ...args) => {
      if (event === 'join' || event === 'leave') this.#memberChanged(...(args as MemberlistEvents['leave']));
      emit(event, ...args);
    };
    const warn = createWarner(config, emit);
    this.membership = new Membership(config, emitAll, warn);
    const context = { config, membership: this.membership, transport, emit: emitAll, warn };
    this.context = context;
    this.acknowledgements = new Acknowledgements(config.clock);
    const extensions = new Extensions(context, () => this.sender);
    this.extensions = extensions;
    // News about nodes first; what the application says fills the rest.
    this.sender = new PacketSender(context, [
      (...room) => this.membership.queue.take(...room),
      (...room) => extensions.weights.queue.take(...room),
      (...room) => extensions.broadcasts.queue.take(...room),
      delegateBroadcasts(config),
    ]);
    const parts = { context, sender: this.sender, acknowledgements: this.acknowledgements };
    this.packets = new PacketHandler({ ...parts, extensions });
    this.streams = new StreamHandler(context);
    this.#failureDetector = new FailureDetector({ ...parts, company: () => extensions.companyOfPing() });
    this.#rejoin = new Rejoin(context);
  }

  start(): void {
    const { config, warn } = this.context;
    const { clock, random, weight, logger, keyring, gossipNodes, gossipIntervalMs, pushPullIntervalMs } = config;
    this.membership.announceSelf({ ...this.#advertised, mapped: false });
    if (weight !== 1) this.extensions.weights.set(weight);
    if (isPublicAddress(this.#advertised.address) && keyring.keys.length === 0) {
      warn({
        code: 'PUBLIC_AND_PLAIN',
        message: `${this.#advertised.address} can be reached from the internet, and nothing is encrypted: set keys`,
      });
    }
    const gossipEvery = () => (gossipNodes > 0 ? gossipIntervalMs : 0);
    const exchangeEvery = () => pushPullScale(pushPullIntervalMs, this.membership.table.size);
    this.#tickers = [
      startTicker(clock, random, gossipEvery, () => gossip(this.context, this.sender)),
      startTicker(clock, random, exchangeEvery, () => this.#exchangeState()),
    ];
    this.#failureDetector.start();
    this.#rejoin.start();
    logger.info({ name: config.name, ...this.#advertised }, 'started');
  }

  /** After leaving: takes part again. */
  comeBack(): void {
    this.membership.announceSelf({ ...this.#advertised, mapped: false });
    this.extensions.weights.tellAgain();
    this.#rejoin.stop();
    this.#rejoin.start();
  }

  /** Forgets a node for good. */
  forget(entry: NodeEntry): void {
    this.membership.table.remove(entry);
    this.#rejoin.nodeIsBackOrLeft(entry);
  }

  async stop(): Promise<void> {
    for (const ticker of this.#tickers) ticker.cancel();
    this.#failureDetector.stop();
    this.#rejoin.stop();
    this.acknowledgements.clear();
    for (const { suspicion } of this.membership.table.entries) suspicion?.cancel();
    await this.context.transport.close();
  }

  /** Brings both tables together with one random node, in case gossip missed something. */
  #exchangeState(): void {
    const { name, logger } = this.context.config;
    const [other] = this.membership.table.pick(1, (entry) => entry.name !== name && entry.state === 'alive');
    if (!other) return;
    pushPull(this.context, other, false, (error) => {
      if (error) logger.warn({ node: other.name, error }, 'a push/pull failed');
    });
  }

  #memberChanged({ name }: Node, reason: 'left' | 'failed' | undefined): void {
    const entry = this.membership.table.get(name)!;
    if (reason === 'failed') this.#rejoin.nodeFailed(entry);
    else this.#rejoin.nodeIsBackOrLeft(entry);
    if (!entry.isLive) this.extensions.weights.forget(entry);
    else if (name !== this.context.config.name) this.extensions.weights.tell(entry);
  }
}
