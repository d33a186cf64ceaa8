import { encodeAck } from '../wire/messages.ts';

/**
 * Messages of our own, hidden from HashiCorp's nodes: an acknowledgement with the sequence number 0, which no question ever has,
 * is dropped by them without a word. Its payload is a mark, a kind and a body.
 */
export const ExtensionKind = {
  /** The next user message of this packet is the broadcast with this id. */
  broadcastId: 1,
  /** Broadcasts that the sender knows. */
  digest: 2,
  /** Broadcasts that the sender lacks. */
  request: 3,
  /** A node's weight. */
  weight: 4,
} as const;

const MARK = Buffer.from('swx1');

export function encodeExtension(kind: number, body: Uint8Array): Buffer {
  return encodeAck({ seqNo: 0, payload: Buffer.concat([MARK, Buffer.of(kind), body]) });
}

/** @returns undefined for what is none */
export function readExtension(payload: Uint8Array): { kind: number; body: Buffer } | undefined {
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  if (bytes.length < 5 || !bytes.subarray(0, 4).equals(MARK)) return undefined;
  return { kind: bytes[4]!, body: bytes.subarray(5) };
}
