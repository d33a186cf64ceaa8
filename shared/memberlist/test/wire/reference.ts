import { MessageType } from '../../src/wire/message-types.ts';
import {
  decodeAck,
  decodeAlive,
  decodeDead,
  decodeIndirectPing,
  decodeNack,
  decodePing,
  decodeSuspect,
  encodeAck,
  encodeAlive,
  encodeDead,
  encodeError,
  encodeIndirectPing,
  encodeNack,
  encodePing,
  encodePushPull,
  encodeSuspect,
  encodeUserStream,
} from '../../src/wire/messages.ts';
import type { StreamMessage } from '../../src/wire/stream.ts';
import type { Reference } from './vectors.ts';

/** What is done with the messages of a packet, by type. */
const CODECS = new Map<number, { t: string; decode: (message: Buffer) => object; encode: (fields: never) => Buffer }>([
  [MessageType.ping, { t: 'ping', decode: decodePing, encode: encodePing }],
  [MessageType.indirectPing, { t: 'indirectPing', decode: decodeIndirectPing, encode: encodeIndirectPing }],
  [MessageType.ack, { t: 'ack', decode: decodeAck, encode: encodeAck }],
  [MessageType.nack, { t: 'nack', decode: decodeNack, encode: encodeNack }],
  [MessageType.suspect, { t: 'suspect', decode: decodeSuspect, encode: encodeSuspect }],
  [MessageType.alive, { t: 'alive', decode: decodeAlive, encode: encodeAlive }],
  [MessageType.dead, { t: 'dead', decode: decodeDead, encode: encodeDead }],
]);

/** Decodes a message and encodes it again. */
export function encodeLeaf(message: Buffer): Buffer {
  const codec = CODECS.get(message[0]!);
  return codec ? codec.encode(codec.decode(message) as never) : message;
}

/** Encodes what was read from a stream. */
export function encodeStream(message: StreamMessage): Buffer {
  switch (message.kind) {
    case 'pushPull':
      return encodePushPull(message);
    case 'user':
      return encodeUserStream(message.payload);
    case 'ping':
      return encodePing(message);
    case 'ack':
      return encodeAck(message);
    case 'error':
      return encodeError(message);
  }
}

/** A message of a packet as the reference decoder shows it. */
export function decodeReference(message: Buffer): Reference {
  const codec = CODECS.get(message[0]!);
  return codec
    ? { t: codec.t, ...referenceFields(codec.decode(message)) }
    : { t: 'user', data: message.toString('utf8', 1) };
}

/** A message of a stream as the reference decoder shows it. */
export function streamReference(message: StreamMessage): Reference {
  const { label: _, encrypted: _encrypted, compressed: _compressed, kind, ...fields } = message;
  switch (message.kind) {
    case 'pushPull':
      return {
        t: kind,
        Join: message.join,
        Nodes: message.nodes.length,
        UserStateLen: message.userState.length,
        nodes: message.nodes.map(referenceFields),
        user: message.userState.toString(),
      };
    case 'user':
      return { t: kind, UserMsgLen: message.payload.length, user: message.payload.toString() };
    case 'error':
      return { t: 'err', Error: message.error };
    default:
      return { t: kind, ...referenceFields(fields) };
  }
}

/** Names begin with a capital; metadata are text, other bytes hexadecimal. */
function referenceFields(fields: object): Reference {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name.charAt(0).toUpperCase() + name.slice(1),
      value instanceof Uint8Array ? (name === 'meta' ? textOf(value) : `hex:${hexOf(value)}`) : value,
    ]),
  );
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The messages in what the reference decoder saw, without what they are wrapped in. */
export function leaves(decoded: Reference): Reference[] {
  if (decoded.inner) return leaves(decoded.inner);
  if (decoded.parts) return decoded.parts.flatMap(leaves);
  const { label: _, enc: _enc, crc: _crc, ...fields } = decoded;
  return [fields];
}
