import { MAX_COMPOUND_PART_BYTES, MAX_COMPOUND_PARTS } from './limits.ts';
import { MessageType } from './message-types.ts';
import { WireError } from './wire-error.ts';

/** Type and number of parts. */
export const COMPOUND_HEADER_BYTES = 2;
/** The length of each part. */
export const COMPOUND_PART_BYTES = 2;

/**
 * Puts messages into compounds of at most 255 parts, in their order.
 *
 * @throws WireError TOO_LARGE for a message of more than 65535 bytes
 */
export function makeCompounds(messages: readonly Uint8Array[]): Buffer[] {
  const compounds: Buffer[] = [];
  for (let start = 0; start < messages.length; start += MAX_COMPOUND_PARTS) {
    compounds.push(makeCompound(messages, start, Math.min(start + MAX_COMPOUND_PARTS, messages.length)));
  }
  return compounds;
}

function makeCompound(messages: readonly Uint8Array[], start: number, end: number): Buffer {
  const count = end - start;
  let at = COMPOUND_HEADER_BYTES + count * COMPOUND_PART_BYTES;
  let length = at;
  for (let i = start; i < end; i++) length += messages[i]!.length;
  const compound = Buffer.allocUnsafe(length);
  compound[0] = MessageType.compound;
  compound[1] = count;
  for (let i = start, lengthAt = COMPOUND_HEADER_BYTES; i < end; i++, lengthAt += COMPOUND_PART_BYTES) {
    const part = messages[i]!;
    if (part.length > MAX_COMPOUND_PART_BYTES) {
      throw new WireError('TOO_LARGE', `a message of ${part.length} bytes does not fit a compound`);
    }
    compound[lengthAt] = part.length >> 8;
    compound[lengthAt + 1] = part.length;
    compound.set(part, at);
    at += part.length;
  }
  return compound;
}

/** What is in a compound. */
export interface Compound {
  /** Views of the parts that are whole. */
  parts: Buffer[];
  /** How many parts are missing at the end. */
  truncated: number;
}

/**
 * @param message with its type byte
 * @throws WireError TRUNCATED where not even the lengths are whole
 */
export function splitCompound(message: Buffer): Compound {
  const count = message[1];
  if (count === undefined) throw new WireError('TRUNCATED', 'missing compound length byte');
  let start = COMPOUND_HEADER_BYTES + count * COMPOUND_PART_BYTES;
  if (message.length < start) throw new WireError('TRUNCATED', 'truncated len slice');
  const parts: Buffer[] = [];
  for (let i = 0; i < count; i++) {
    const lengthAt = COMPOUND_HEADER_BYTES + i * COMPOUND_PART_BYTES;
    const end = start + (message[lengthAt]! << 8) + message[lengthAt + 1]!;
    if (end > message.length) return { parts, truncated: count - i };
    parts.push(message.subarray(start, end));
    start = end;
  }
  return { parts, truncated: 0 };
}
