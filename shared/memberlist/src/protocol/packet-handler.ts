import type { Address } from '../addresses.ts';
import { addressFromBytes } from '../addresses.ts';
import type { Extensions } from '../extensions/extensions.ts';
import { addressText } from '../node.ts';
import { MessageType, messageTypeName } from '../wire/message-types.ts';
import {
  decodeAck,
  decodeAlive,
  decodeDead,
  decodeIndirectPing,
  decodeNack,
  decodePing,
  decodeSuspect,
  encodeAck,
  encodeNack,
  encodePing,
  type IndirectPing,
  type Ping,
} from '../wire/messages.ts';
import { forEachMessage, openPacket } from '../wire/packet.ts';
import { WireError } from '../wire/wire-error.ts';
import type { Acknowledgements } from './acknowledgements.ts';
import type { Context } from './context.ts';
import type { PacketSender } from './packet-sender.ts';
import { sourceOf } from './probe.ts';

/** The sequence number that no question has; our extensions travel under it. */
const NO_SEQUENCE = 0;

/**
 * A helper says after this share of the time limit that it got no answer. Upstream waits for all of it, and then the nack comes just
 * after who asked has given up waiting, and blames itself.
 *
 * @see "Lifeguard", section 4.1, which has the same number
 */
const NACK_SHARE = 0.8;

export interface PacketHandlerParts {
  context: Context;
  sender: PacketSender;
  acknowledgements: Acknowledgements;
  extensions: Extensions;
}

/** Reads packets and does what they say. Nothing that comes in makes it throw. */
export class PacketHandler {
  readonly #parts: PacketHandlerParts;

  constructor(parts: PacketHandlerParts) {
    this.#parts = parts;
  }

  handle(packet: Buffer, from: Address): void {
    const { context, extensions } = this.#parts;
    const { meter } = context.config;
    meter.count('packets.received');
    meter.count('udp.received', packet.length);
    let message: Buffer;
    try {
      message = openPacket(packet, context.config);
    } catch (error) {
      this.#reject(error as WireError, from);
      return;
    }
    extensions.beginPacket();
    forEachMessage(
      message,
      (type, part) => this.#dispatch(type, part, from),
      (error) => this.#reject(error, from),
    );
  }

  #dispatch(type: number, message: Buffer, from: Address): void {
    try {
      this.#handleMessage(type, message, from);
    } catch (error) {
      if (error instanceof WireError) this.#reject(error, from);
      else
        this.#parts.context.config.logger.error(
          { error, type: messageTypeName(type) },
          'a listener or delegate failed',
        );
    }
  }

  #handleMessage(type: number, message: Buffer, from: Address): void {
    const { context, acknowledgements, extensions } = this.#parts;
    const { membership, config } = context;
    switch (type) {
      case MessageType.ping:
        this.#answerPing(decodePing(message), from);
        break;
      case MessageType.indirectPing:
        this.#pingForOther(decodeIndirectPing(message), from);
        break;
      case MessageType.ack: {
        const ack = decodeAck(message);
        if (ack.seqNo !== NO_SEQUENCE) acknowledgements.ack(ack);
        else if (ack.payload) extensions.receive(ack.payload, from);
        break;
      }
      case MessageType.nack:
        acknowledgements.nack(decodeNack(message).seqNo);
        break;
      case MessageType.suspect:
        membership.suspect(decodeSuspect(message));
        break;
      case MessageType.alive:
        if (config.isAllowed(from.address)) membership.alive(decodeAlive(message));
        break;
      case MessageType.dead:
        membership.dead(decodeDead(message));
        break;
      case MessageType.user:
        config.meter.count('msg.user');
        extensions.receiveUserMessage(message.subarray(1), from);
        break;
      default:
        throw new WireError('UNKNOWN_TYPE', `message type ${type} is not known in packets`);
    }
  }

  #answerPing(ping: Ping, from: Address): void {
    const { context, sender, extensions } = this.#parts;
    const { name, delegate, logger } = context.config;
    if (ping.node && ping.node !== name) {
      logger.warn({ node: ping.node, from: addressText(from) }, 'a ping for another node came here');
      return;
    }
    const ack = encodeAck({ seqNo: ping.seqNo, payload: delegate.ackPayload?.() ?? null });
    sender.send(replyAddress(ping, from), [ack, ...extensions.companyOfAck()]);
  }

  /** Asks a node on behalf of another, and passes the answer on. */
  #pingForOther(request: IndirectPing, from: Address): void {
    const { context, sender, acknowledgements } = this.#parts;
    const { config } = context;
    const address = addressFromBytes(request.target);
    if (address === undefined) throw new WireError('BAD_MESSAGE', 'an indirect ping without an address');
    const replyTo = replyAddress(request, from);
    const seqNo = acknowledgements.next();
    const nack = request.nack
      ? config.clock.after(config.probeTimeoutMs * NACK_SHARE, () =>
          sender.send(replyTo, [encodeNack({ seqNo: request.seqNo })]),
        )
      : undefined;
    const onAck = () => {
      nack?.cancel();
      sender.send(replyTo, [encodeAck({ seqNo: request.seqNo, payload: null })]);
    };
    acknowledgements.expect(seqNo, { onAck }, config.probeTimeoutMs);
    const target = { address, port: request.port || config.bind.port };
    sender.send(target, [encodePing({ seqNo, node: request.node, ...sourceOf(context) })]);
  }

  #reject(error: WireError, from: Address): void {
    const { config, warn } = this.#parts.context;
    config.meter.count('packets.rejected');
    const hints: Partial<Record<string, string>> = {
      LABEL_MISMATCH: ': it belongs to another cluster, or its label is set differently',
      NO_KEY: ': its key is another one, or it does not encrypt',
      UNSUPPORTED_VERSION: ': it does not encrypt, and this node does',
    };
    warn({
      code: 'PACKET_REJECTED',
      about: `${from.address} ${error.code}`,
      message: `a packet from ${addressText(from)} is ignored: ${error.message}${hints[error.code] ?? ''}`,
    });
  }
}

/** The source in the message is where the asker wants the answer; behind a relay the datagram's is another. */
function replyAddress({ sourceAddr, sourcePort }: Pick<Ping, 'sourceAddr' | 'sourcePort'>, from: Address): Address {
  const address = sourceAddr?.length && sourcePort ? addressFromBytes(sourceAddr) : undefined;
  return address === undefined ? from : { address, port: sourcePort! };
}
