import { WireError } from './wire-error.ts';

/** A place in msgpack values: `pending` values, with all that is in them, are still to be passed from `offset` on. */
export interface ScanPosition {
  /** May lie beyond the bytes that are there: so much is needed to go on. */
  offset: number;
  pending: number;
}

/**
 * Passes over whole values without reading them. Values inside values are counted instead of entered, so that depth costs
 * nothing, and scanning goes on where it stopped when more bytes have come.
 *
 * @returns whether all pending values have been passed
 * @throws WireError BAD_MESSAGE for the one byte that no value begins with
 */
export function scanValues(bytes: Uint8Array, at: ScanPosition): boolean {
  while (at.pending > 0) {
    const { offset } = at;
    if (offset >= bytes.length) return false;
    const head = bytes[offset]!;
    const width = lengthWidth(head);
    if (offset + 1 + width > bytes.length) return false;
    const length = width === 0 ? shortLength(head) : readLength(bytes, offset + 1, width);
    at.offset = offset + 1 + width;
    at.pending--;
    if (isMap(head)) at.pending += 2 * length;
    else if (isArray(head)) at.pending += length;
    else at.offset += length + (isExtension(head) ? 1 : 0);
  }
  return at.offset <= bytes.length;
}

const isMap = (head: number): boolean => (head & 0xf0) === 0x80 || head === 0xde || head === 0xdf;
export const isArray = (head: number): boolean => (head & 0xf0) === 0x90 || head === 0xdc || head === 0xdd;
/** Strings and bytes. */
export const isRaw = (head: number): boolean =>
  (head & 0xe0) === 0xa0 || (head >= 0xc4 && head <= 0xc6) || (head >= 0xd9 && head <= 0xdb);
/** One more byte says of which type the extension is. */
const isExtension = (head: number): boolean => (head >= 0xc7 && head <= 0xc9) || (head >= 0xd4 && head <= 0xd8);

/** How many bytes after the first one hold a length or a count. */
function lengthWidth(head: number): number {
  switch (head) {
    case 0xc4:
    case 0xc7:
    case 0xd9:
      return 1;
    case 0xc5:
    case 0xc8:
    case 0xda:
    case 0xdc:
    case 0xde:
      return 2;
    case 0xc6:
    case 0xc9:
    case 0xdb:
    case 0xdd:
    case 0xdf:
      return 4;
    default:
      return 0;
  }
}

/** The length or count that the first byte itself tells. */
function shortLength(head: number): number {
  if (head < 0x80 || head >= 0xe0) return 0;
  if (head < 0xa0) return head & 0x0f;
  if (head < 0xc0) return head & 0x1f;
  if (head === 0xc1) throw new WireError('BAD_MESSAGE', 'the byte c1 is no msgpack value');
  if (head >= 0xcc && head <= 0xd3) return 1 << (head & 3);
  if (head >= 0xd4) return 1 << (head - 0xd4);
  if (head === 0xca) return 4;
  return head === 0xcb ? 8 : 0;
}

/** A big-endian length of 1, 2 or 4 bytes. */
export function readLength(bytes: Uint8Array, offset: number, width: number): number {
  let length = 0;
  for (let i = 0; i < width; i++) length = length * 256 + bytes[offset + i]!;
  return length;
}
