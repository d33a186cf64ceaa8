import { EventEmitter } from 'node:events';
import type { Address } from './addresses.ts';
import { parseJoinTarget } from './addresses.ts';
import { type Config, checkMeta, checkWeight, DEFAULT_PORT, resolveConfig } from './config.ts';
import { JoinError, MemberlistError } from './errors.ts';
import type { MemberlistEvents } from './events.ts';
import type { NodeEntry } from './membership/node-entry.ts';
import type { Node } from './node.ts';
import type { MemberlistOptions } from './options.ts';
import { awaitNews, type WaitOptions } from './protocol/await-news.ts';
import { type JoinResult, joinTargets, throwIfAborted } from './protocol/join.ts';
import { userMessage } from './protocol/packet-sender.ts';
import { sourceOf } from './protocol/probe.ts';
import { Runtime } from './runtime.ts';
import type { MemberlistStats } from './stats.ts';
import { advertisedAddress } from './transport/advertise.ts';
import { sendOneWay } from './transport/exchange.ts';
import { openSocketTransport } from './transport/socket-transport.ts';
import type { Transport } from './transport/transport.ts';
import { type MembershipChange, watchMembers } from './watch.ts';
import type { Keyring } from './wire/keyring.ts';
import { encodePing, encodeUserStream } from './wire/messages.ts';

/**
 * A node of a cluster, and what it knows of the others.
 *
 * @example
 * await using node = await Memberlist.create({ name: 'a', bind: { port: 7946 } });
 * node.on('join', ({ name, address }) => console.log(name, address));
 * await node.join(['10.0.0.7:7946']);
 */
export class Memberlist extends EventEmitter<MemberlistEvents> {
  readonly #config: Config;
  readonly #runtime: Runtime;
  readonly #closing = new AbortController();
  #closed: Promise<void> | undefined;

  /**
   * Opens the sockets and starts to take part. Joins the seeds in the background; others with `join`.
   *
   * @throws MemberlistError BAD_OPTION, BAD_ADDRESS, TOO_LARGE or ADDRESS_IN_USE; nothing is left open then
   */
  static async create(options: MemberlistOptions = {}): Promise<Memberlist> {
    const config = resolveConfig(options);
    let runtime: Runtime | undefined;
    const open = options.transport ?? openSocketTransport;
    const transport = await open(config.bind, {
      onPacket: (packet, from) => runtime?.packets.handle(packet, from),
      onConnection: (connection) => (runtime ? runtime.streams.handle(connection) : connection.destroy()),
      onSendError: (error) => config.logger.warn({ error }, 'a packet could not be sent'),
    });
    try {
      const advertised = await advertisedAddress(config.advertise, transport.bound);
      const node = new Memberlist({ ...config, bind: transport.bound }, transport, advertised);
      runtime = node.#runtime;
      runtime.start();
      return node;
    } catch (error) {
      await transport.close();
      throw error;
    }
  }

  private constructor(config: Config, transport: Transport, advertised: Address) {
    super();
    this.#config = config;
    this.#runtime = new Runtime(config, transport, advertised, (event, ...args) => this.#tell(event, args));
  }

  get name(): string {
    return this.#config.name;
  }

  /** This node, as the others see it. */
  get self(): Node | undefined {
    return this.#runtime.membership.self?.snapshot();
  }

  /** Where it listens; tells the port that was chosen for port 0. */
  get bound(): Address {
    return this.#runtime.context.transport.bound;
  }

  /** Add, use and remove keys here while the cluster runs: add the new one everywhere, then use it everywhere, then remove the old. */
  get keyring(): Keyring {
    return this.#config.keyring;
  }

  /** 0 is healthy; each point makes this node slower to suspect others, up to `awarenessMaxMultiplier - 1`. */
  get healthScore(): number {
    return this.#runtime.membership.awareness.score;
  }

  /** The members, suspects and this node included. */
  members(): Node[] {
    return this.#runtime.membership.table.entries.filter(({ isLive }) => isLive).map((entry) => entry.snapshot());
  }

  /** All nodes that are known, also those that failed or left a short while ago. */
  nodes(): Node[] {
    return this.#runtime.membership.table.entries.map((entry) => entry.snapshot());
  }

  /** @returns undefined when no node of that name is known */
  node(name: string): Node | undefined {
    return this.#runtime.membership.table.get(name)?.snapshot();
  }

  /**
   * Joins the clusters of the nodes at these addresses. After `leave`, this node comes back by it.
   *
   * @param addresses `[name/]host[:port]`, the port as this node's own where it is left out
   * @returns which were reached, and why others were not
   * @throws JoinError when none was; MemberlistError BAD_ADDRESS, ABORTED or CLOSED
   */
  async join(addresses: string | readonly string[], { signal }: { signal?: AbortSignal } = {}): Promise<JoinResult> {
    this.#mustBeOpen();
    const { port } = this.#runtime.context.transport.bound;
    const targets = [addresses].flat().map((text) => parseJoinTarget(text, port || DEFAULT_PORT));
    const both = this.#untilClosed(signal);
    throwIfAborted(both);
    if (this.#runtime.membership.hasLeft) this.#runtime.comeBack();
    const result = await joinTargets(this.#runtime.context, targets, both);
    if (result.joined.length === 0) throw new JoinError(result.errors);
    return result;
  }

  /**
   * Says good-bye: the others will know it left and did not fail. It still answers; `close` ends it, `join` brings it back.
   *
   * @throws MemberlistError TIMEOUT when the news was not gossiped in time, ABORTED or CLOSED
   */
  async leave(options: WaitOptions = {}): Promise<void> {
    this.#mustBeOpen();
    if (this.#runtime.membership.hasLeft) return;
    await this.#announce('leave', (done) => this.#runtime.membership.leave(done), options);
  }

  /**
   * Announces other metadata, and waits until that was gossiped.
   *
   * @throws MemberlistError TOO_LARGE, TIMEOUT, ABORTED or CLOSED
   */
  async updateMeta(meta: Uint8Array | string, options: WaitOptions = {}): Promise<void> {
    this.#mustBeOpen();
    const bytes = checkMeta(meta, this.#config.metaBytes);
    await this.#announce('updateMeta', (done) => this.#runtime.membership.updateMeta(bytes, done), options);
  }

  /**
   * Announces another weight. It travels by itself, costs no incarnation, and is not seen by HashiCorp's nodes.
   *
   * @param weight whole number, 0 to 65535
   * @throws MemberlistError BAD_OPTION or CLOSED
   */
  setWeight(weight: number): void {
    this.#mustBeOpen();
    this.#runtime.extensions.weights.set(checkWeight(weight));
  }

  /**
   * Tells all nodes something, each once; HashiCorp's nodes may get it more than once, as is usual there.
   *
   * @throws MemberlistError TOO_LARGE when it does not fit a packet, or CLOSED
   */
  broadcast(message: Uint8Array | string): void {
    this.#mustBeOpen();
    this.#runtime.extensions.broadcasts.send(bytesOf(message));
  }

  /**
   * Sends a packet (UDP) to one node: it may get lost.
   *
   * @param to a node or its name
   * @throws MemberlistError UNKNOWN_NODE, TOO_LARGE or CLOSED
   */
  send(to: Node | string, message: Uint8Array | string): void {
    const entry = this.#find(to);
    const bytes = bytesOf(message);
    if (bytes.length > LARGEST_PACKET) {
      throw new MemberlistError(
        'TOO_LARGE',
        `a packet of ${bytes.length} bytes; at most ${LARGEST_PACKET} can be sent, more with sendReliable`,
      );
    }
    this.#runtime.sender.sendAlone(entry, [userMessage(bytes)], entry);
  }

  /**
   * Sends a message of up to 20 MiB to one node over TCP.
   *
   * @param to a node or its name
   * @throws MemberlistError UNKNOWN_NODE, UNREACHABLE, TIMEOUT or CLOSED; WireError TOO_LARGE
   */
  async sendReliable(to: Node | string, message: Uint8Array | string): Promise<void> {
    const entry = this.#find(to);
    const encoded = encodeUserStream(bytesOf(message));
    await this.#untilAnswered<void>((resolve, reject) => {
      sendOneWay(this.#runtime.context, entry, encoded, (error) => (error ? reject(error) : resolve()));
    });
  }

  /**
   * Asks a node over UDP whether it is there.
   *
   * @returns the round trip's time in milliseconds
   * @throws MemberlistError NO_REPLY_TO_PING after `probeTimeoutMs`, UNKNOWN_NODE or CLOSED
   */
  async ping(to: Node | string): Promise<number> {
    const entry = this.#find(to);
    const { clock, probeTimeoutMs } = this.#config;
    const seqNo = this.#runtime.acknowledgements.next();
    const started = clock.now();
    return this.#untilAnswered((resolve, reject) => {
      const onExpired = () =>
        reject(new MemberlistError('NO_REPLY_TO_PING', `"${entry.name}" did not answer within ${probeTimeoutMs} ms`));
      const onAck = () => resolve(clock.now() - started);
      this.#runtime.acknowledgements.expect(seqNo, { onAck, onExpired }, probeTimeoutMs);
      this.#runtime.sender.send(entry, [encodePing({ seqNo, node: entry.name, ...sourceOf(this.#runtime.context) })]);
    });
  }

  /**
   * Forgets a node that failed or left, before its time.
   *
   * @returns false when it is unknown, or a member
   */
  forget(name: string): boolean {
    const entry = this.#runtime.membership.table.get(name);
    if (!entry || entry.isLive || name === this.#config.name) return false;
    this.#runtime.forget(entry);
    return true;
  }

  /** The members as joins first, then every change as it comes; ends with the signal, or when this node is closed. */
  watch({ signal }: { signal?: AbortSignal } = {}): AsyncGenerator<MembershipChange> {
    return watchMembers(this, this.#untilClosed(signal));
  }

  /** Numbers of this moment, and sums since the start. */
  stats(): MemberlistStats {
    const { table, queue } = this.#runtime.membership;
    return {
      nodes: table.countByState(),
      healthScore: this.healthScore,
      queuedBroadcasts:
        queue.size + this.#runtime.extensions.broadcasts.queue.size + this.#runtime.extensions.weights.queue.size,
      encrypted: this.#config.keyring.keys.length > 0,
      counters: this.#config.meter.sums,
    };
  }

  /** Stops at once, without a good-bye. Once is enough; more is allowed. */
  close(): Promise<void> {
    this.#closing.abort(closedError());
    this.#closed ??= this.#runtime.stop();
    return this.#closed;
  }

  /** Leaves if it can, and closes. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#closed) await this.leave().catch(() => {});
    await this.close();
  }

  #tell<K extends keyof MemberlistEvents>(event: K, args: MemberlistEvents[K]): void {
    try {
      (this.emit as (event: K, ...args: unknown[]) => boolean).call(this, event, ...args);
    } catch (error) {
      // The protocol goes on; the listener's fault is seen where any listener's is.
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  async #announce(what: string, announce: (done: () => void) => void, options: WaitOptions): Promise<void> {
    await awaitNews(this.#runtime.context, what, announce, { ...options, signal: this.#untilClosed(options.signal) });
  }

  /** The caller's signal, or the end of this node. */
  #untilClosed(signal: AbortSignal | undefined): AbortSignal {
    return AbortSignal.any([this.#closing.signal, ...(signal ? [signal] : [])]);
  }

  /** A promise that the end of this node rejects. */
  #untilAnswered<T>(ask: (resolve: (answer: T) => void, reject: (error: Error) => void) => void): Promise<T> {
    const { signal } = this.#closing;
    let onClosed = () => {};
    const answer = new Promise<T>((resolve, reject) => {
      onClosed = () => reject(closedError());
      signal.addEventListener('abort', onClosed);
      ask(resolve, reject);
    });
    return answer.finally(() => signal.removeEventListener('abort', onClosed));
  }

  #find(to: Node | string): NodeEntry {
    this.#mustBeOpen();
    const name = typeof to === 'string' ? to : to.name;
    const entry = this.#runtime.membership.table.get(name);
    if (!entry) throw new MemberlistError('UNKNOWN_NODE', `no node is called "${name}"`);
    return entry;
  }

  #mustBeOpen(): void {
    if (this.#closed) throw closedError();
  }
}

/** What a UDP packet can carry, less what this protocol adds at most. */
const LARGEST_PACKET = 65_000;

const bytesOf = (message: Uint8Array | string): Uint8Array =>
  typeof message === 'string' ? Buffer.from(message) : message;

const closedError = () => new MemberlistError('CLOSED', 'this node is closed');
