import { MessageType } from './message-types.ts';
import { type Ack, decodeAck, decodePing, type Ping } from './probe-messages.ts';
import { decodePushPull, type PushPull } from './push-pull.ts';
import { decodeError, decodeUserStream, type ErrorMessage } from './stream-messages.ts';
import { WireError } from './wire-error.ts';

/** What a stream says, one message in each direction. */
export type StreamBody =
  | ({ kind: 'pushPull' } & PushPull)
  | { kind: 'user'; payload: Buffer }
  | ({ kind: 'ping' } & Ping)
  | ({ kind: 'ack' } & Ack)
  | ({ kind: 'error' } & ErrorMessage);

const TYPES: readonly number[] = [
  MessageType.ping,
  MessageType.ack,
  MessageType.pushPull,
  MessageType.user,
  MessageType.error,
];

/** @throws WireError UNKNOWN_TYPE for what no stream may hold */
export function checkStreamType(type: number): void {
  if (!TYPES.includes(type)) throw unknownType(type);
}

const unknownType = (type: number): WireError => new WireError('UNKNOWN_TYPE', `received invalid msgType (${type})`);

/** @param message whole, with its type byte @throws WireError */
export function decodeStreamBody(message: Buffer): StreamBody {
  switch (message[0]) {
    case MessageType.ping:
      return { kind: 'ping', ...decodePing(message) };
    case MessageType.ack:
      return { kind: 'ack', ...decodeAck(message) };
    case MessageType.pushPull:
      return { kind: 'pushPull', ...decodePushPull(message) };
    case MessageType.user:
      return { kind: 'user', payload: decodeUserStream(message) };
    case MessageType.error:
      return { kind: 'error', ...decodeError(message) };
    case undefined:
      throw new WireError('TRUNCATED', 'missing message type byte');
    default:
      throw unknownType(message[0]);
  }
}
