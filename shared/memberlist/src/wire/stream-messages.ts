import { MAX_USER_MESSAGE_BYTES } from './limits.ts';
import { MessageType } from './message-types.ts';
import { reader } from './msgpack-reader.ts';
import { KEYS, writer } from './msgpack-writer.ts';
import { structOf } from './struct.ts';
import { WireError } from './wire-error.ts';

/** Why a stream was refused. */
export interface ErrorMessage {
  error: string;
}

const USER_HEADER = structOf('UserMsgLen');
const ERROR = structOf('Error');

/** @throws WireError TOO_LARGE for what no peer would take */
export function encodeUserStream(payload: Uint8Array): Buffer {
  checkUserMessage(payload.length);
  writer.begin(MessageType.user).map(1);
  writer.intField(KEYS.UserMsgLen, payload.length);
  writer.raw(payload);
  return writer.finish();
}

/** @param message from its type byte on; may go on behind the header @throws WireError */
export function decodeUserHeader(message: Buffer): number {
  let length = 0;
  for (let left = reader.open(message, 1).struct(); left > 0; left--) {
    if (reader.field(USER_HEADER) === 'UserMsgLen') length = reader.int();
    else reader.skip();
  }
  checkUserMessage(length);
  return length;
}

function checkUserMessage(length: number): void {
  if (length < 0 || length > MAX_USER_MESSAGE_BYTES) {
    throw new WireError('TOO_LARGE', `user message length (${length}) exceeds limit`);
  }
}

/** @returns a view of the payload @throws WireError */
export const decodeUserStream = (message: Buffer): Buffer => reader.rest(decodeUserHeader(message), 'user message');

export function encodeError({ error }: ErrorMessage): Buffer {
  writer.begin(MessageType.error).map(1);
  writer.stringField(KEYS.Error, error);
  return writer.finish();
}

/** @throws WireError */
export function decodeError(message: Buffer): ErrorMessage {
  const result: ErrorMessage = { error: '' };
  for (let left = reader.open(message, 1).struct(); left > 0; left--) {
    if (reader.field(ERROR) === 'Error') result.error = reader.string();
    else reader.skip();
  }
  return result;
}
