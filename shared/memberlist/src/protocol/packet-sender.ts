import type { Address } from '../addresses.ts';
import type { NodeEntry } from '../membership/node-entry.ts';
import { COMPOUND_HEADER_BYTES, COMPOUND_PART_BYTES, makeCompounds } from '../wire/compound.ts';
import { MessageType } from '../wire/message-types.ts';
import { packetOverhead, sealPacket } from '../wire/packet.ts';
import type { Context } from './context.ts';

/** Nodes that understand this version of the protocol get a checksum. */
const CRC_PROTOCOL = 5;

/** Messages that may ride along: each costs `overhead` bytes beyond its own, all together fit `limit`, each fits `longest`. */
export type BroadcastSource = (overhead: number, limit: number, longest: number) => Buffer[];

/**
 * So many packets go to a node in one round of gossip when there is much to tell. Upstream sends one, and news of many joins wait
 * in line; in the end each is sent as often, only sooner.
 */
const GOSSIP_PACKETS = 4;

export type OnSendError = (error: Error) => void;

/** Puts messages into packets, and news with them as long as there is room. */
export class PacketSender {
  readonly #context: Context;
  readonly #sources: readonly BroadcastSource[];

  /** @param sources asked in their order for what fills a packet */
  constructor(context: Context, sources: readonly BroadcastSource[]) {
    this.#context = context;
    this.#sources = sources;
  }

  /** Sends messages together, with as many news as fit. */
  send(to: Address, messages: readonly Buffer[], onError?: OnSendError): void {
    let used = COMPOUND_HEADER_BYTES;
    for (const { length } of messages) used += length + COMPOUND_PART_BYTES;
    const news = this.#takeNews(this.#room() - used);
    this.#sendParts(to, [...messages, ...news], undefined, onError);
  }

  /** Sends messages together and nothing else. */
  sendAlone(to: Address, messages: readonly Buffer[], node?: NodeEntry, onError?: OnSendError): void {
    this.#sendParts(to, messages, node, onError);
  }

  /** Sends as many news as fit into a few packets. @returns false when there are none */
  sendNews(node: NodeEntry): boolean {
    const room = this.#room() - COMPOUND_HEADER_BYTES;
    const news = this.#takeNews(room * GOSSIP_PACKETS, room);
    for (const parts of packetsOf(news, room)) this.#sendParts(node, parts, node);
    return news.length > 0;
  }

  /** The longest message of the application that fits a packet with `extra` bytes of company. */
  largestMessage(extra: number): number {
    return this.#room() - COMPOUND_HEADER_BYTES - COMPOUND_PART_BYTES - extra;
  }

  #room(): number {
    const { config } = this.#context;
    return config.packetBytes - packetOverhead(config);
  }

  #takeNews(limit: number, longest = limit): Buffer[] {
    const news: Buffer[] = [];
    let left = limit;
    for (const source of this.#sources) {
      if (left <= COMPOUND_PART_BYTES) break;
      for (const message of source(COMPOUND_PART_BYTES, left, Math.min(left, longest))) {
        news.push(message);
        left -= message.length + COMPOUND_PART_BYTES;
      }
    }
    return news;
  }

  #sendParts(to: Address, parts: readonly Buffer[], node?: NodeEntry, onError?: OnSendError): void {
    const packets = parts.length === 1 ? parts : makeCompounds(parts);
    for (const packet of packets) this.#transmit(to, packet, node, onError);
  }

  #transmit(to: Address, message: Buffer, node?: NodeEntry, onError?: OnSendError): void {
    const { config, transport, membership } = this.#context;
    // Upstream looks an address up as if it were a name, too.
    const known = node ?? membership.table.get(to.address);
    const bytes = sealPacket(message, config, known !== undefined && known.maxProtocol >= CRC_PROTOCOL);
    config.meter.count('packets.sent');
    config.meter.count('udp.sent', bytes.length);
    transport.send(bytes, to, onError);
  }
}

/** Divides messages, in their order, so that each part fits a packet. */
function packetsOf(messages: readonly Buffer[], room: number): Buffer[][] {
  const packets: Buffer[][] = [];
  let left = 0;
  for (const message of messages) {
    const bytes = message.length + COMPOUND_PART_BYTES;
    if (bytes > left) {
      packets.push([]);
      left = room;
    }
    packets.at(-1)!.push(message);
    left -= bytes;
  }
  return packets;
}

/** A message of the application as a packet carries it. */
export const userMessage = (payload: Uint8Array): Buffer => {
  const message = Buffer.allocUnsafe(payload.length + 1);
  message[0] = MessageType.user;
  message.set(payload, 1);
  return message;
};
