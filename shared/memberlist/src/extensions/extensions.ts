import type { Address } from '../addresses.ts';
import type { Context } from '../protocol/context.ts';
import type { PacketSender } from '../protocol/packet-sender.ts';
import { Broadcasts } from './broadcasts.ts';
import { ExtensionKind, readExtension } from './extension-message.ts';
import { Weights } from './weights.ts';

/** What nodes of this library tell each other beyond upstream's protocol. */
export class Extensions {
  readonly broadcasts: Broadcasts;
  readonly weights: Weights;
  readonly #context: Context;
  /** The mark of the broadcast whose message comes next in the packet. */
  #mark: Buffer | undefined;

  constructor(context: Context, sender: () => PacketSender) {
    this.#context = context;
    this.broadcasts = new Broadcasts(context, sender);
    this.weights = new Weights(context, sender);
  }

  beginPacket(): void {
    this.#mark = undefined;
  }

  receive(payload: Uint8Array, from: Address): void {
    const extension = readExtension(payload);
    if (!extension) return;
    const { kind, body } = extension;
    if (kind === ExtensionKind.broadcastId) this.#mark = body;
    else if (kind === ExtensionKind.digest) this.broadcasts.receiveDigest(body, from);
    else if (kind === ExtensionKind.request) this.broadcasts.receiveRequest(body, from);
    else if (kind === ExtensionKind.weight) this.weights.receive(body);
  }

  /** The application's bytes, with or without a mark before them. */
  receiveUserMessage(payload: Buffer, from: Address): void {
    const mark = this.#mark;
    this.#mark = undefined;
    if (mark && !this.broadcasts.receive(mark, payload)) return;
    this.#context.emit('message', payload, { via: mark ? 'broadcast' : 'packet', from: from.address });
  }

  companyOfPing(): Buffer[] {
    return [...this.broadcasts.digest(), ...this.weights.company()];
  }

  companyOfAck(): Buffer[] {
    return this.weights.company();
  }
}
