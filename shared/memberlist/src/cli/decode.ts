import { removeChecksum } from '../wire/checksum.ts';
import { decompress } from '../wire/compression.ts';
import { decrypt } from '../wire/encryption.ts';
import { Keyring } from '../wire/keyring.ts';
import { checkLabel, readLabel } from '../wire/label.ts';
import { MessageType, messageTypeName } from '../wire/message-types.ts';
import {
  decodeAck,
  decodeAlive,
  decodeDead,
  decodeIndirectPing,
  decodeNack,
  decodePing,
  decodeSuspect,
} from '../wire/messages.ts';
import { forEachMessage } from '../wire/packet.ts';
import { createStreamReader, type StreamMessage } from '../wire/stream.ts';
import { WireError } from '../wire/wire-error.ts';

export interface DecodeOptions {
  /** To decrypt with. */
  keys: readonly Buffer[];
  /** The label that must be there, or that is authenticated where none is on the wire. Default: the one that is there. */
  label?: string;
  /** One side of a connection instead of a packet. Default: false. */
  stream?: boolean;
}

/** Field names are those on the wire; bytes are hexadecimal. */
export interface DecodedMessage {
  type: string;
  fields: Record<string, unknown>;
}

export interface Decoded {
  messages: DecodedMessage[];
  /** What the messages were wrapped in, the outermost first. */
  layers: string[];
}

/**
 * Shows what a packet, or one side of a connection, holds.
 *
 * @throws WireError for what cannot be read to its end
 */
export function decodeHex(hex: string, options: DecodeOptions): Decoded {
  const digits = hex.replace(/\s/g, '');
  if (digits === '' || digits.length % 2 === 1 || /[^0-9a-f]/i.test(digits)) {
    throw new WireError('BAD_MESSAGE', 'this is no text of hexadecimal digits, two for each byte');
  }
  const bytes = Buffer.from(digits, 'hex');
  return options.stream ? decodeStream(bytes, options) : decodePacket(bytes, options);
}

function decodeStream(bytes: Buffer, { keys, label }: DecodeOptions): Decoded {
  const found = readLabel(bytes, 'stream');
  const settings = {
    label: label ?? found?.label ?? '',
    skipInboundLabelCheck: false,
    keyring: new Keyring(keys),
    verifyIncoming: false,
    verifyOutgoing: true,
    compression: true,
    protocol: 2,
  };
  // The one who was dialled writes no label.
  const reader = createStreamReader(settings, found?.label === '' ? 'dialler' : 'acceptor');
  const message = reader.push(bytes);
  if (!message) throw new WireError('TRUNCATED', `the stream goes on after these ${bytes.length} bytes`);
  const layers = message.label ? [`label ${message.label}`] : [];
  if (message.encrypted) layers.push('encrypt');
  if (message.compressed) layers.push('compress');
  return { messages: [describeStream(message)], layers };
}

function describeStream(message: StreamMessage): DecodedMessage {
  const { label: _, encrypted: _encrypted, compressed: _compressed, kind, ...fields } = message;
  if (!('nodes' in fields)) return { type: kind === 'error' ? 'err' : kind, fields: wireFields(fields) };
  const { join, nodes, userState } = fields;
  const header = { join, nodes: nodes.length, userStateLen: userState.length };
  return {
    type: kind,
    fields: { ...wireFields(header), nodes: nodes.map(wireFields), userState: userState.toString('hex') },
  };
}

function decodePacket(bytes: Buffer, { keys, label }: DecodeOptions): Decoded {
  const found = readLabel(bytes, 'packet')!;
  if (found.label && label !== undefined) checkLabel(found.label, { label, skipInboundLabelCheck: false }, 'packet');
  const layers = found.label ? [`label ${found.label}`] : [];
  const content = bytes.subarray(found.end);
  if (keys.length === 0) return decodeContent(content, layers);
  let plain: Buffer;
  try {
    plain = decrypt(content, new Keyring(keys).cipherKeys, Buffer.from(found.label || (label ?? '')));
  } catch (error) {
    // Also with keys a packet may be plain.
    try {
      return decodeContent(content, layers);
    } catch {
      throw error;
    }
  }
  return decodeContent(plain, [...layers, 'encrypt']);
}

function decodeContent(content: Buffer, outer: readonly string[]): Decoded {
  const layers = [...outer];
  let message = removeChecksum(content);
  if (message !== content) layers.push('crc');
  if (message[0] === MessageType.compress) {
    message = decompress(message);
    layers.push('compress');
  }
  if (message[0] === MessageType.compound) layers.push('compound');
  const messages: DecodedMessage[] = [];
  forEachMessage(
    message,
    (type, part) => messages.push(describe(type, part)),
    (error) => {
      throw error;
    },
  );
  return { messages, layers };
}

function describe(type: number, message: Buffer): DecodedMessage {
  return { type: messageTypeName(type), fields: wireFields(decodeFields(type, message)) };
}

function decodeFields(type: number, message: Buffer): object {
  switch (type) {
    case MessageType.ping:
      return decodePing(message);
    case MessageType.indirectPing:
      return decodeIndirectPing(message);
    case MessageType.ack:
      return decodeAck(message);
    case MessageType.nack:
      return decodeNack(message);
    case MessageType.suspect:
      return decodeSuspect(message);
    case MessageType.alive:
      return decodeAlive(message);
    case MessageType.dead:
      return decodeDead(message);
    default:
      return { payload: message.subarray(1) };
  }
}

/** On the wire, names begin with a capital. */
function wireFields(fields: object): Record<string, unknown> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name.charAt(0).toUpperCase() + name.slice(1),
      value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
    ]),
  );
}
