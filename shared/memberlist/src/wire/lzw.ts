/**
 * LZW as GIF has it: least significant bit first, literals of 8 bits, codes of 9 to 12 bits. The encoder's output is that of
 * Go's compress/lzw to the byte. All tables are reused: a generation number tells old entries of the hash from new ones.
 */
import { WireError } from './wire-error.ts';

const CLEAR = 256;
const END = 257;
const MIN_WIDTH = 9;
const MAX_WIDTH = 12;
const MAX_CODE = (1 << MAX_WIDTH) - 1;

const HASH_MASK = (1 << 14) - 1;
/** generation (11 bits), code (12 bits), byte (8 bits) */
const hashKeys = new Int32Array(HASH_MASK + 1);
const hashCodes = new Uint16Array(HASH_MASK + 1);
const MAX_GENERATION = (1 << 11) - 1;
let generation = 0;

function nextGeneration(): number {
  if (generation === MAX_GENERATION) {
    hashKeys.fill(0);
    generation = 0;
  }
  return ++generation << 20;
}

/** The most bytes that compressing so many can take: 12 bits for each, for the codes around them and for each clearing. */
export const maxCompressedLength = (length: number): number => Math.ceil((length + (length >> 11) + 5) * 1.5);

/**
 * Compresses into `output`, which must have `maxCompressedLength` bytes from `start` on.
 *
 * @returns where the output ends
 */
export function compressLzw(input: Uint8Array, output: Uint8Array, start: number): number {
  let mark = nextGeneration();
  let width = MIN_WIDTH;
  let highest = END;
  let overflow = 1 << MIN_WIDTH;
  let end = start;
  // Bits that are not yet a byte.
  let bits = CLEAR;
  let count = MIN_WIDTH;
  let code = input.length === 0 ? -1 : input[0]!;
  next: for (let i = 1; i < input.length; i++) {
    const byte = input[i]!;
    const key = mark | (code << 8) | byte;
    let slot = ((code << 5) ^ (code >> 7) ^ byte) & HASH_MASK;
    for (let found = hashKeys[slot]!; found >= mark; found = hashKeys[slot]!) {
      if (found === key) {
        code = hashCodes[slot]!;
        continue next;
      }
      slot = (slot + 1) & HASH_MASK;
    }
    bits |= code << count;
    count += width;
    for (; count >= 8; count -= 8, bits >>>= 8) output[end++] = bits;
    code = byte;
    if (++highest === overflow) {
      width++;
      overflow <<= 1;
    }
    if (highest === MAX_CODE) {
      bits |= CLEAR << count;
      count += width;
      for (; count >= 8; count -= 8, bits >>>= 8) output[end++] = bits;
      mark = nextGeneration();
      width = MIN_WIDTH;
      highest = END;
      overflow = 1 << MIN_WIDTH;
    } else {
      hashKeys[slot] = key;
      hashCodes[slot] = highest;
    }
  }
  if (code >= 0) {
    bits |= code << count;
    count += width;
    for (; count >= 8; count -= 8, bits >>>= 8) output[end++] = bits;
    if (++highest === overflow) width++;
    if (highest === MAX_CODE) {
      bits |= CLEAR << count;
      count += width;
      for (; count >= 8; count -= 8, bits >>>= 8) output[end++] = bits;
      width = MIN_WIDTH;
    }
  }
  bits |= END << count;
  count += width;
  for (; count > 0; count -= 8, bits >>>= 8) output[end++] = bits;
  return end;
}

/** Where in the output the expansion of a code begins, and how long it is: always the one before it and one byte more. */
const starts = new Int32Array(MAX_CODE + 1);
const lengths = new Int32Array(MAX_CODE + 1);

const USUAL_BYTES = 64 * 1024;
const scratch = Buffer.allocUnsafeSlow(USUAL_BYTES);

/**
 * @param limit the most bytes that may come out of it
 * @returns a buffer of its own
 * @throws WireError BAD_COMPRESSION, or TOO_LARGE as soon as the limit is passed
 */
export function decompressLzw(input: Uint8Array, limit: number): Buffer {
  let output: Buffer = scratch;
  let length = 0;
  let width = MIN_WIDTH;
  let highest = END;
  /** Where the expansion of the last code begins, and its length; 0 after a clear. */
  let lastStart = 0;
  let lastLength = 0;
  let bits = 0;
  let count = 0;
  for (let at = 0; ; ) {
    for (; count < width; count += 8) {
      if (at === input.length) throw new WireError('BAD_COMPRESSION', 'the compressed data have been truncated');
      bits |= input[at++]! << count;
    }
    const code = bits & ((1 << width) - 1);
    bits >>>= width;
    count -= width;
    if (code === CLEAR) {
      width = MIN_WIDTH;
      highest = END;
      lastLength = 0;
      continue;
    }
    if (code === END) break;
    if (code > highest) throw new WireError('BAD_COMPRESSION', 'lzw: invalid code');
    if (lastLength > 0) {
      // What this code stands for: what the last one stands for, and the first byte that comes now.
      starts[highest] = lastStart;
      lengths[highest] = lastLength + 1;
    }
    const size = code < CLEAR ? 1 : lengths[code]!;
    if (length + size > limit) {
      throw new WireError('TOO_LARGE', `decompressed message is larger than limit (${limit})`);
    }
    if (length + size > output.length) output = grow(output, length, limit);
    lastStart = length;
    if (code < CLEAR) output[length++] = code;
    // The copy may reach into what it writes itself, by one byte.
    else for (let from = starts[code]!, end = length + size; length < end; ) output[length++] = output[from++]!;
    lastLength = size;
    if (++highest > MAX_CODE) {
      // The table is full, and stays so until it is cleared.
      highest = MAX_CODE;
      lastLength = 0;
    } else if (highest === 1 << width && width < MAX_WIDTH) {
      width++;
    }
  }
  const result = Buffer.allocUnsafe(length);
  result.set(output.subarray(0, length));
  return result;
}

/** A larger buffer only serves one message, lest one large message keeps it for ever. */
function grow(output: Buffer, length: number, limit: number): Buffer {
  const larger = Buffer.allocUnsafeSlow(Math.min(limit, output.length * 4));
  larger.set(output.subarray(0, length));
  return larger;
}
