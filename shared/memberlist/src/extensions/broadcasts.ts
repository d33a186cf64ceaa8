import type { Address } from '../addresses.ts';
import { MemberlistError } from '../errors.ts';
import { BroadcastQueue } from '../membership/broadcast-queue.ts';
import type { Context } from '../protocol/context.ts';
import { type PacketSender, userMessage } from '../protocol/packet-sender.ts';
import { COMPOUND_HEADER_BYTES, COMPOUND_PART_BYTES, makeCompounds } from '../wire/compound.ts';
import { ExtensionKind, encodeExtension } from './extension-message.ts';

/** How long a broadcast is remembered, and offered to those that missed it. */
const REMEMBER_MS = 60_000;
/** The oldest are forgotten first. */
const REMEMBER_COUNT = 4_096;
const REMEMBER_BYTES = 4 * 1024 * 1024;
const ID_BYTES = 8;
/** A digest rides along with pings, so it must stay small. */
const DIGEST_COUNT = 48;

interface Remembered {
  id: string;
  /** By this node's clock. */
  born: number;
  payload: Buffer;
}

/**
 * Broadcasts that reach every node once. Upstream's own gossip of user messages goes to a few random nodes and is not passed on.
 * Here each node passes on what is new to it, knows by an id what is not, and tells with its pings which ones it knows, so that a
 * node that missed one asks for it. To HashiCorp's nodes they are ordinary user messages.
 */
export class Broadcasts {
  /** Messages that wait to be gossiped. */
  readonly queue: BroadcastQueue;
  readonly #context: Context;
  readonly #sender: () => PacketSender;
  /** Oldest first. */
  readonly #remembered = new Map<string, Remembered>();
  /** Broadcasts that are too old for this node, and when it was told of them: asked for once, not with each digest. */
  readonly #refused = new Map<string, number>();
  #bytes = 0;
  readonly #started: number;

  constructor(context: Context, sender: () => PacketSender) {
    this.#context = context;
    this.#sender = sender;
    this.#started = context.config.clock.now();
    this.queue = new BroadcastQueue(context.config.retransmitMult, () => context.membership.table.size);
  }

  /** @throws MemberlistError TOO_LARGE when it does not fit a packet */
  send(payload: Uint8Array): void {
    const limit = this.#sender().largestMessage(companyBytes) - 1;
    if (payload.length > limit) {
      throw new MemberlistError('TOO_LARGE', `a broadcast of ${payload.length} bytes; at most ${limit} fit a packet`);
    }
    const { clock, random } = this.#context.config;
    const id = Buffer.from(Array.from({ length: ID_BYTES }, () => Math.floor(random() * 256))).toString('hex');
    this.#add({ id, born: clock.now(), payload: Buffer.from(payload) });
  }

  /**
   * A broadcast came in.
   *
   * @param mark as `broadcastMark` wrote it
   * @returns whether it is news, to be told to the application
   */
  receive(mark: Buffer, payload: Buffer): boolean {
    if (mark.length < ID_BYTES + 4) return false;
    const id = mark.toString('hex', 0, ID_BYTES);
    if (this.#remembered.has(id)) return false;
    const { clock } = this.#context.config;
    const born = clock.now() - mark.readUInt32BE(ID_BYTES);
    // What was told before this node was there may have been told to its predecessor.
    if (born < this.#started || clock.now() - born > REMEMBER_MS) {
      if (this.#refused.size < REMEMBER_COUNT) this.#refused.set(id, clock.now());
      return false;
    }
    this.#add({ id, born, payload: Buffer.from(payload) });
    return true;
  }

  /** What this node knows, newest first; nothing when nothing is recent. */
  digest(): Buffer[] {
    this.#forgetOld();
    if (this.#remembered.size === 0) return [];
    const ids = [...this.#remembered.keys()].slice(-DIGEST_COUNT).reverse();
    return [encodeExtension(ExtensionKind.digest, Buffer.from(ids.join(''), 'hex'))];
  }

  /** Another node told what it knows: asks for what is missing here. */
  receiveDigest(body: Buffer, from: Address): void {
    const missing = idsIn(body).filter((id) => !this.#remembered.has(id) && !this.#refused.has(id));
    if (missing.length === 0) return;
    const request = encodeExtension(ExtensionKind.request, Buffer.from(missing.join(''), 'hex'));
    this.#sender().sendAlone(from, [request]);
  }

  /** A stranger gets nothing: a small packet with another's address as its source would send many large ones there. */
  receiveRequest(body: Buffer, from: Address): void {
    const { table } = this.#context.membership;
    if (!table.entries.some((entry) => entry.isLive && entry.address === from.address)) return;
    for (const id of idsIn(body)) {
      const found = this.#remembered.get(id);
      if (found) this.#sender().sendAlone(from, [this.#message(found)]);
    }
  }

  #add(broadcast: Remembered): void {
    this.#forgetOld();
    this.#remembered.set(broadcast.id, broadcast);
    this.#bytes += broadcast.payload.length;
    this.queue.enqueue({ message: this.#message(broadcast) });
  }

  /** The mark and the message in a compound of their own, so that they stay together. */
  #message({ id, born, payload }: Remembered): Buffer {
    const age = Math.min(0xffff_ffff, Math.max(0, Math.round(this.#context.config.clock.now() - born)));
    const mark = Buffer.alloc(ID_BYTES + 4);
    mark.write(id, 0, 'hex');
    mark.writeUInt32BE(age, ID_BYTES);
    return makeCompounds([encodeExtension(ExtensionKind.broadcastId, mark), userMessage(payload)])[0]!;
  }

  #forgetOld(): void {
    const oldest = this.#context.config.clock.now() - REMEMBER_MS;
    for (const [id, refusedAt] of this.#refused) {
      if (refusedAt > oldest) break;
      this.#refused.delete(id);
    }
    for (const { id, born, payload } of this.#remembered.values()) {
      const isFull = this.#remembered.size >= REMEMBER_COUNT || this.#bytes > REMEMBER_BYTES;
      if (born > oldest && !isFull) break;
      this.#remembered.delete(id);
      this.#bytes -= payload.length;
    }
  }
}

const companyBytes =
  encodeExtension(ExtensionKind.broadcastId, new Uint8Array(ID_BYTES + 4)).length +
  COMPOUND_HEADER_BYTES +
  2 * COMPOUND_PART_BYTES;

function idsIn(body: Buffer): string[] {
  const ids: string[] = [];
  for (let at = 0; at + ID_BYTES <= body.length && ids.length < DIGEST_COUNT; at += ID_BYTES) {
    ids.push(body.toString('hex', at, at + ID_BYTES));
  }
  return ids;
}
