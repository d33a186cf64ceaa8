import type { Address } from '../addresses.ts';
import { BroadcastQueue } from '../membership/broadcast-queue.ts';
import type { NodeEntry } from '../membership/node-entry.ts';
import type { Context } from '../protocol/context.ts';
import type { PacketSender } from '../protocol/packet-sender.ts';
import { ExtensionKind, encodeExtension } from './extension-message.ts';

const DEFAULT_WEIGHT = 1;
/** Time of the change (6 bytes), weight (2 bytes), then the name. */
const NAME_AT = 8;

/**
 * Weights of nodes. A change is gossiped and passed on; a node that joins is told by each node directly; and pings and answers
 * carry it as long as it is not 1, so that nobody misses it for long. Without an incarnation of its own, a change does not
 * disturb the membership.
 */
export class Weights {
  readonly queue: BroadcastQueue;
  readonly #context: Context;
  readonly #sender: () => PacketSender;
  /** When each node's weight was set, by that node's wall clock. */
  readonly #setAt = new WeakMap<NodeEntry, number>();
  #own: Buffer | undefined;

  constructor(context: Context, sender: () => PacketSender) {
    this.#context = context;
    this.#sender = sender;
    this.queue = new BroadcastQueue(context.config.retransmitMult, () => context.membership.table.size);
  }

  /** Sets this node's weight and tells all. */
  set(weight: number): void {
    const { config, membership } = this.#context;
    const { self } = membership;
    if (!self || self.weight === weight) return;
    // Two changes within a millisecond must not look the same.
    const at = Math.max(config.clock.wallTime(), (this.#setAt.get(self) ?? 0) + 1);
    const name = Buffer.from(config.name);
    const body = Buffer.alloc(NAME_AT + name.length);
    body.writeUIntBE(at, 0, 6);
    body.writeUInt16BE(weight, 6);
    name.copy(body, NAME_AT);
    this.#own = encodeExtension(ExtensionKind.weight, body);
    this.#apply(self, weight, at, this.#own);
  }

  receive(body: Buffer): void {
    if (body.length <= NAME_AT) return;
    const { config, membership } = this.#context;
    const name = body.toString('utf8', NAME_AT);
    const entry = membership.table.get(name);
    if (!entry?.isLive || name === config.name) return;
    const at = body.readUIntBE(0, 6);
    if (at <= (this.#setAt.get(entry) ?? 0)) return;
    this.#apply(entry, body.readUInt16BE(6), at, encodeExtension(ExtensionKind.weight, body));
  }

  /** A node joined that cannot know this one's weight yet. */
  tell(to: Address): void {
    if (this.#own && this.#context.membership.self?.weight !== DEFAULT_WEIGHT)
      this.#sender().sendAlone(to, [this.#own]);
  }

  /** What rides along with pings and answers. */
  company(): Buffer[] {
    return this.#own && this.#context.membership.self?.weight !== DEFAULT_WEIGHT ? [this.#own] : [];
  }

  /** This node came back after leaving: the others have forgotten its weight. */
  tellAgain(): void {
    for (const message of this.company()) this.queue.enqueue({ name: this.#context.config.name, message });
  }

  /** A node left or failed; when it comes back, it says its weight again. */
  forget(entry: NodeEntry): void {
    if (entry.name === this.#context.config.name) return;
    this.#setAt.delete(entry);
    entry.weight = DEFAULT_WEIGHT;
    entry.changed();
  }

  #apply(entry: NodeEntry, weight: number, at: number, message: Buffer): void {
    this.#setAt.set(entry, at);
    this.queue.enqueue({ name: entry.name, message });
    if (entry.weight === weight) return;
    entry.weight = weight;
    entry.changed();
    this.#context.emit('update', entry.snapshot(), 'weight');
  }
}
