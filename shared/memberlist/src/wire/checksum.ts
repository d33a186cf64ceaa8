import { crc32 } from 'node:zlib';
import { MessageType } from './message-types.ts';
import { WireError } from './wire-error.ts';

/** The type, and CRC-32 (IEEE) of what follows, big endian. */
export const CHECKSUM_BYTES = 5;

/** Writes the header at `start`; the message must follow it there, to the end of the buffer. */
export function writeChecksum(packet: Buffer, start: number): void {
  packet[start] = MessageType.crc;
  packet.writeUInt32BE(crc32(packet.subarray(start + CHECKSUM_BYTES)), start + 1);
}

/**
 * Takes the checksum off a packet that has one.
 *
 * @throws WireError BAD_CHECKSUM
 */
export function removeChecksum(packet: Buffer): Buffer {
  if (packet[0] !== MessageType.crc || packet.length < CHECKSUM_BYTES) return packet;
  const message = packet.subarray(CHECKSUM_BYTES);
  const expected = packet.readUInt32BE(1);
  const actual = crc32(message);
  if (actual === expected) return message;
  throw new WireError('BAD_CHECKSUM', `invalid checksum: ${actual.toString(16)} instead of ${expected.toString(16)}`);
}
