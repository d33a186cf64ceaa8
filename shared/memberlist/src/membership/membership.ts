import type { Config } from '../config.ts';
import type { Emit, Warning } from '../events.ts';
import { addressText, NODE_STATES } from '../node.ts';
import {
  type Alive,
  type Dead,
  encodeAlive,
  encodeDead,
  encodeSuspect,
  type NodeRecord,
  type Suspect,
} from '../wire/messages.ts';
import { Awareness } from './awareness.ts';
import { BroadcastQueue } from './broadcast-queue.ts';
import { addressBytes, NodeEntry, type NodePlace, nodeSnapshot, placeOf } from './node-entry.ts';
import { NodeTable } from './node-table.ts';
import { Suspicion, suspicionTimeout } from './suspicion.ts';

/** So many accusations within this time are no accident. */
const [OFTEN, OFTEN_WITHIN_MS] = [3, 60_000];

interface AliveDetails {
  /** Said by this node about itself. */
  own?: boolean;
  /** Called when the news has been gossiped. */
  onFinished?: () => void;
}

/**
 * What this node believes of all others, and the rules by which news change that (SWIM): a higher incarnation wins; of the same
 * incarnation, bad news win; and only the node itself may raise its incarnation.
 *
 * @see Das et al., "SWIM: Scalable Weakly-consistent Infection-style Process Group Membership Protocol" (2002), section 4.2
 */
export class Membership {
  readonly table: NodeTable;
  /** News about nodes that wait to be gossiped. */
  readonly queue: BroadcastQueue;
  readonly awareness: Awareness;
  readonly #config: Config;
  readonly #emit: Emit;
  readonly #warn: (warning: Warning) => void;
  #incarnation: number;
  #place: NodePlace | undefined;
  #meta: Uint8Array;
  #hasLeft = false;
  /** When this node had to object, the last times. */
  #refutations: number[] = [];

  /** @param warn tells whoever runs the cluster, not too often */
  constructor(config: Config, emit: Emit, warn: (warning: Warning) => void) {
    this.#config = config;
    this.#emit = emit;
    this.#warn = warn;
    this.table = new NodeTable(config.random);
    this.queue = new BroadcastQueue(config.retransmitMult, () => this.table.size);
    this.awareness = new Awareness(config.awarenessMaxMultiplier);
    this.#incarnation = config.initialIncarnation;
    this.#meta = config.meta;
  }

  /** This node's own row; there is none where its own address is not allowed. */
  get self(): NodeEntry | undefined {
    return this.table.get(this.#config.name);
  }

  get hasLeft(): boolean {
    return this.#hasLeft;
  }

  /** Announces this node, at its start and when it comes back after leaving. */
  announceSelf(place: NodePlace): void {
    this.#place = place;
    this.#hasLeft = false;
    this.#announce();
  }

  /**
   * After leaving, the metadata wait for the return: announced now, they would bring this node back.
   *
   * @param onFinished called when the news has been gossiped, or was overtaken by newer news
   */
  updateMeta(meta: Uint8Array, onFinished: () => void): void {
    this.#meta = meta;
    if (this.#hasLeft) onFinished();
    else this.#announce(onFinished);
  }

  /** @param onFinished as for `updateMeta` */
  leave(onFinished: () => void): void {
    this.#hasLeft = true;
    const { name } = this.#config;
    this.dead({ node: name, from: name, incarnation: this.self?.incarnation ?? 0 }, onFinished);
  }

  /** Takes over the word that a node is alive, if it is news. */
  alive(message: Alive, { own = false, onFinished }: AliveDetails = {}): void {
    const { name, clock, logger, meter, isAllowed, delegate, deadNodeReclaimMs } = this.#config;
    meter.count('msg.alive');
    const isSelf = message.node === name;
    if (isSelf && this.#hasLeft && !own) return;
    const vsn = message.vsn ?? new Uint8Array(0);
    if (vsn.length >= 3 && (vsn[0] === 0 || vsn[1] === 0 || vsn[0]! > vsn[1]!)) {
      logger.warn({ node: message.node }, 'a node with impossible protocol versions is ignored');
      return;
    }
    const place = placeOf(message.addr, message.port || this.#config.bind.port);
    if (!place) {
      logger.warn({ node: message.node }, 'a node with an impossible address is ignored');
      return;
    }
    if (delegate.beforeAlive && !this.#isWelcome(message, place, vsn)) return;
    let entry = this.table.get(message.node);
    let moves = false;
    if (!entry) {
      if (!isAllowed(place.address)) {
        logger.debug({ node: message.node, address: place.address }, 'a node outside the allowed networks is ignored');
        return;
      }
      entry = new NodeEntry(message.node, place, clock.now());
      this.table.add(entry);
    } else if (!entry.isAt(place)) {
      if (!isAllowed(place.address)) return;
      const isReclaimable =
        entry.state === 'left' ||
        (entry.state === 'dead' && deadNodeReclaimMs > 0 && clock.now() - entry.changedAt > deadNodeReclaimMs);
      if (!isReclaimable && !own) {
        this.#reportConflict(entry, message, place, vsn);
        return;
      }
      moves = true;
    }
    const { incarnation } = message;
    if (isSelf ? incarnation < entry.incarnation : incarnation <= entry.incarnation && !moves) return;
    entry.suspicion?.cancel();
    entry.suspicion = undefined;
    const meta = message.meta ?? new Uint8Array(0);
    if (isSelf && !own) {
      if (incarnation === entry.incarnation && equal(meta, entry.meta) && equal(vsn, entry.versions)) return;
      logger.warn({ incarnation }, 'refuting an old alive message about this node');
      this.#refute(entry, incarnation);
      return;
    }
    this.queue.enqueue({ name: entry.name, message: encodeAlive(message), onFinished });
    const before = entry.state;
    const hasNewMeta = !equal(meta, entry.meta);
    if (vsn.length >= 6) entry.versions = vsn.subarray(0, 6);
    entry.incarnation = incarnation;
    entry.meta = meta;
    entry.moveTo(place);
    if (before !== 'alive') this.#setState(entry, 'alive');
    if (before === 'dead' || before === 'left') this.#emit('join', entry.snapshot());
    else {
      if (before === 'suspect') this.#emit('alive', entry.snapshot());
      if (hasNewMeta) this.#emit('update', entry.snapshot(), 'meta');
    }
  }

  /** Takes over an accusation; one against this node is refuted. */
  suspect(message: Suspect): void {
    const { name, clock, meter, suspicionMult, suspicionMaxTimeoutMult, probeIntervalMs } = this.#config;
    meter.count('msg.suspect');
    const entry = this.table.get(message.node);
    if (!entry || message.incarnation < entry.incarnation) return;
    if (entry.suspicion) {
      if (entry.suspicion.confirm(message.from)) {
        this.queue.enqueue({ name: entry.name, message: encodeSuspect(message) });
      }
      return;
    }
    if (entry.state !== 'alive') return;
    if (entry.name === name) {
      this.#object(entry, message);
      return;
    }
    this.queue.enqueue({ name: entry.name, message: encodeSuspect(message) });
    entry.incarnation = message.incarnation;
    // Only the living can confirm. Upstream counts the dead as well, and then waits long for nobody.
    const confirmers = this.table.countLive() - 2;
    const minMs = suspicionTimeout(suspicionMult, this.table.size, probeIntervalMs);
    const wanted = suspicionMult - 2;
    this.#setState(entry, 'suspect');
    entry.suspicion = new Suspicion({
      clock,
      from: message.from,
      expected: confirmers < wanted ? 0 : wanted,
      minMs,
      maxMs: suspicionMaxTimeoutMult * minMs,
      onTimeout: () => this.dead({ node: entry.name, from: name, incarnation: entry.incarnation }),
    });
    this.#emit('suspect', entry.snapshot());
  }

  /** Takes over that a node failed, or that it left when the node itself says so. */
  dead(message: Dead, onFinished?: () => void): void {
    this.#config.meter.count('msg.dead');
    const entry = this.table.get(message.node);
    if (!entry || message.incarnation < entry.incarnation) {
      onFinished?.();
      return;
    }
    entry.suspicion?.cancel();
    entry.suspicion = undefined;
    if (!entry.isLive) {
      onFinished?.();
      return;
    }
    if (entry.name === this.#config.name && !this.#hasLeft) {
      this.#object(entry, message);
      return;
    }
    this.queue.enqueue({ name: entry.name, message: encodeDead(message), onFinished });
    entry.incarnation = message.incarnation;
    const hasLeft = message.from === message.node;
    this.#setState(entry, hasLeft ? 'left' : 'dead');
    this.#emit('leave', entry.snapshot(), hasLeft ? 'left' : 'failed');
  }

  /** Takes over another node's table. What it calls dead is only suspected here, so that the node may object. */
  merge(records: readonly NodeRecord[]): void {
    for (const record of records) {
      const { name: node, incarnation } = record;
      const state = NODE_STATES[record.state];
      if (state === 'alive') this.alive({ ...record, node });
      else if (state === 'left') this.dead({ node, incarnation, from: node });
      else if (state) this.suspect({ node, incarnation, from: this.#config.name });
    }
  }

  /** This node is accused. Once may be an accident; again and again means that the others cannot hear it. */
  #object(self: NodeEntry, { from, incarnation }: Suspect): void {
    this.#refute(self, incarnation);
    const now = this.#config.clock.now();
    this.#refutations = [...this.#refutations, now].slice(-OFTEN);
    if (this.#refutations.length < OFTEN || now - this.#refutations[0]! > OFTEN_WITHIN_MS) return;
    this.#warn({
      code: 'NOT_HEARD',
      about: self.name,
      message: `others do not hear this node at ${addressText(self)} (the last was "${from}"): most likely that address is not the one to reach it (set advertise), or a firewall drops UDP to port ${self.port}`,
    });
  }

  /** Tells the others anew that this node lives, with an incarnation above the accusation's. */
  #refute(self: NodeEntry, accused: number): void {
    this.#incarnation = Math.max(this.#incarnation + 1, accused + 1);
    self.incarnation = this.#incarnation;
    self.changed();
    this.awareness.apply(1);
    this.#config.meter.count('refuted');
    this.queue.enqueue({ name: self.name, message: encodeAlive(aliveOf(self)) });
  }

  #announce(onFinished?: () => void): void {
    const { name, versions } = this.#config;
    const place = this.#place!;
    this.#incarnation = Math.max(this.#incarnation, this.self?.incarnation ?? 0) + 1;
    this.alive(
      {
        node: name,
        addr: addressBytes(place),
        port: place.port,
        incarnation: this.#incarnation,
        meta: this.#meta,
        vsn: versions,
      },
      onFinished ? { own: true, onFinished } : { own: true },
    );
  }

  #setState(entry: NodeEntry, state: NodeEntry['state']): void {
    entry.state = state;
    entry.changedAt = this.#config.clock.now();
    entry.changed();
  }

  #isWelcome(message: Alive, place: NodePlace, vsn: Uint8Array): boolean {
    if (vsn.length < 6) return false;
    try {
      this.#config.delegate.beforeAlive!(described(message, place, vsn));
      return true;
    } catch (error) {
      this.#config.logger.debug({ node: message.node, error }, 'the delegate ignores a node');
      return false;
    }
  }

  #reportConflict(entry: NodeEntry, message: Alive, place: NodePlace, vsn: Uint8Array): void {
    const other = described(message, place, vsn);
    this.#config.logger.error({ node: entry.name }, 'two nodes have one name');
    this.#emit('conflict', entry.snapshot(), other);
    this.#warn({
      code: 'NAME_CONFLICT',
      about: entry.name,
      message: `${addressText(place)} claims the name "${entry.name}" of ${addressText(entry)}: give each node a name of its own`,
    });
  }
}

/** The word that a node is alive, as this node would say it. */
export const aliveOf = (entry: NodeEntry): Alive => ({
  node: entry.name,
  addr: addressBytes(entry),
  port: entry.port,
  incarnation: entry.incarnation,
  meta: entry.meta,
  vsn: entry.versions,
});

const described = (message: Alive, place: NodePlace, versions: Uint8Array) =>
  nodeSnapshot({
    name: message.node,
    ...place,
    meta: message.meta ?? new Uint8Array(0),
    state: 'alive',
    incarnation: message.incarnation,
    weight: 1,
    versions,
  });

const equal = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
