import { CHECKSUM_BYTES, removeChecksum, writeChecksum } from './checksum.ts';
import { splitCompound } from './compound.ts';
import { compressIfSmaller, decompress } from './compression.ts';
import { decrypt, encrypt, encryptionOverhead, encryptionVersion } from './encryption.ts';
import type { Keyring } from './keyring.ts';
import { checkLabel, encodeLabel, labelOverhead, readLabel } from './label.ts';
import {
  MAX_DECOMPRESSED_BYTES,
  MAX_NESTING,
  MAX_PACKET_ERRORS,
  MAX_PACKET_MESSAGES,
  MIN_COMPRESSED_BYTES,
} from './limits.ts';
import { MessageType } from './message-types.ts';
import { WireError } from './wire-error.ts';

/** How messages are wrapped, on packets and streams; the same on all nodes of a cluster but for changes under way. */
export interface WireSettings {
  /** Empty for none. */
  label: string;
  /** Something before this node takes labels off. */
  skipInboundLabelCheck: boolean;
  /** Without keys nothing is encrypted. */
  keyring: Keyring;
  /** Refuse what is not encrypted, when there are keys. */
  verifyIncoming: boolean;
  /** Encrypt what is sent, when there are keys. */
  verifyOutgoing: boolean;
  /** Compress what is sent. Compressed messages are always understood. */
  compression: boolean;
  /** 1 to 5; version 1 encrypts in the old way. */
  protocol: number;
}

export const encryptsOutgoing = (settings: WireSettings): boolean =>
  settings.verifyOutgoing && settings.keyring.size > 0;

/** How many bytes of each packet label and encryption take. The checksum's 5 are not counted, as upstream does not. */
export function packetOverhead(settings: WireSettings): number {
  const encryption = encryptsOutgoing(settings) ? encryptionOverhead(encryptionVersion(settings.protocol)) : 0;
  return labelOverhead(settings.label) + encryption;
}

/**
 * Makes a datagram of a message or a compound.
 *
 * @param crc with a checksum, for a destination that understands protocol 5
 */
export function sealPacket(message: Buffer, settings: WireSettings, crc: boolean): Buffer {
  const { header, bytes } = encodeLabel(settings.label);
  const inner = settings.compression && message.length >= MIN_COMPRESSED_BYTES ? compressIfSmaller(message) : undefined;
  const content = inner ?? message;
  const isEncrypted = encryptsOutgoing(settings);
  const prefix = isEncrypted ? 0 : header.length;
  let packet = content;
  if (crc || prefix > 0) {
    const start = prefix + (crc ? CHECKSUM_BYTES : 0);
    packet = Buffer.allocUnsafe(start + content.length);
    if (prefix > 0) packet.set(header);
    packet.set(content, start);
    if (crc) writeChecksum(packet, prefix);
  }
  if (!isEncrypted) return packet;
  const version = encryptionVersion(settings.protocol);
  return encrypt(packet, { version, key: settings.keyring.cipherKeys[0]!, associated: bytes, prefix: header });
}

/**
 * Takes label, encryption and checksum off a datagram.
 *
 * @returns a view of the datagram, or the decrypted message
 * @throws WireError for what must be dropped
 */
export function openPacket(datagram: Buffer, settings: WireSettings): Buffer {
  const { label, end } = readLabel(datagram, 'packet')!;
  checkLabel(label, settings, 'packet');
  const content = end === 0 ? datagram : datagram.subarray(end);
  if (settings.keyring.size === 0) return removeChecksum(content);
  return removeChecksum(decryptPacket(content, settings));
}

function decryptPacket(content: Buffer, { keyring, label, verifyIncoming }: WireSettings): Buffer {
  try {
    return decrypt(content, keyring.cipherKeys, encodeLabel(label).bytes);
  } catch (error) {
    // While encryption is being introduced, some nodes send plain text.
    if (!verifyIncoming) return content;
    throw error;
  }
}

/** Takes a message with its type byte, a view of the packet. */
export type VisitMessage = (type: number, message: Buffer) => void;

/**
 * Calls `visit` for each message in an opened packet, whatever compounds and compression it lies in. Never throws because of
 * what came: wrong parts, and those for which `visit` throws a WireError, go to `onError`, and the others are still visited
 * as long as the packet is within the limits.
 */
export function forEachMessage(message: Buffer, visit: VisitMessage, onError: (error: WireError) => void): void {
  walk(message, { visit, onError, bytesLeft: MAX_DECOMPRESSED_BYTES, messages: 0, errors: 0 }, 0);
}

/** The limits are for all that is in a packet, however it is split up. */
interface Walk {
  readonly visit: VisitMessage;
  readonly onError: (error: WireError) => void;
  /** How much may still be decompressed. */
  bytesLeft: number;
  messages: number;
  errors: number;
}

function walk(message: Buffer, state: Walk, depth: number): void {
  try {
    const type = message[0];
    switch (type) {
      case MessageType.ping:
      case MessageType.indirectPing:
      case MessageType.ack:
      case MessageType.suspect:
      case MessageType.alive:
      case MessageType.dead:
      case MessageType.user:
      case MessageType.nack:
        state.messages++;
        state.visit(type, message);
        break;
      case MessageType.compound:
        walkParts(message, state, depth + 1);
        break;
      case MessageType.compress:
        walkCompressed(message, state, depth + 1);
        break;
      case undefined:
        throw new WireError('TRUNCATED', 'missing message type byte');
      default:
        throw new WireError('UNKNOWN_TYPE', `msg type (${type}) not supported`);
    }
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    state.errors++;
    state.onError(error);
  }
}

function walkParts(message: Buffer, state: Walk, depth: number): void {
  checkDepth(depth);
  const { parts, truncated } = splitCompound(message);
  for (const part of parts) {
    if (state.messages >= MAX_PACKET_MESSAGES || state.errors >= MAX_PACKET_ERRORS) return;
    walk(part, state, depth);
  }
  if (truncated > 0) throw new WireError('TRUNCATED', `compound request had ${truncated} truncated messages`);
}

function walkCompressed(message: Buffer, state: Walk, depth: number): void {
  checkDepth(depth);
  const { bytesLeft } = state;
  // What fails may have cost all that was left, and must not do so again.
  state.bytesLeft = 0;
  const inner = decompress(message, bytesLeft);
  state.bytesLeft = bytesLeft - inner.length;
  walk(inner, state, depth);
}

function checkDepth(depth: number): void {
  if (depth > MAX_NESTING) throw new WireError('TOO_LARGE', 'compounds and compression lie too deep in each other');
}
