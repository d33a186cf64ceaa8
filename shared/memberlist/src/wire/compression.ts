import { MAX_DECOMPRESSED_BYTES } from './limits.ts';
import { compressLzw, decompressLzw, maxCompressedLength } from './lzw.ts';
import { MessageType } from './message-types.ts';
import { reader } from './msgpack-reader.ts';
import { encodeKey, structOf } from './struct.ts';
import { WireError } from './wire-error.ts';

const COMPRESS = structOf('Algo', 'Buf');
const LZW = 0;

/** All before the length of the data. */
const HEAD = Buffer.concat([
  Uint8Array.of(MessageType.compress, 0x82),
  encodeKey('Algo'),
  Uint8Array.of(LZW),
  encodeKey('Buf'),
]);
/** The data begin here, so that the longest header fits before them. */
const DATA_START = HEAD.length + 5;
const scratch = Buffer.allocUnsafeSlow(DATA_START + maxCompressedLength(64 * 1024));

/** Wraps a message into a compressed one, even where that is larger. */
export function compress(message: Uint8Array): Buffer {
  const { frame, start, end } = compressInto(message);
  return copyOf(frame, start, end);
}

/** @returns undefined unless the message gets smaller by it */
export function compressIfSmaller(message: Uint8Array): Buffer | undefined {
  const { frame, start, end } = compressInto(message);
  return end - start < message.length ? copyOf(frame, start, end) : undefined;
}

function copyOf(frame: Buffer, start: number, end: number): Buffer {
  const copy = Buffer.allocUnsafe(end - start);
  copy.set(frame.subarray(start, end));
  return copy;
}

function compressInto(message: Uint8Array): { frame: Buffer; start: number; end: number } {
  const needed = DATA_START + maxCompressedLength(message.length);
  const frame = needed <= scratch.length ? scratch : Buffer.allocUnsafeSlow(needed);
  const end = compressLzw(message, frame, DATA_START);
  const length = end - DATA_START;
  const width = length < 32 ? 1 : length < 0x10000 ? 3 : 5;
  const at = DATA_START - width;
  if (width === 1) frame[at] = 0xa0 | length;
  else if (width === 3) frame.writeUIntBE(0xda0000 + length, at, 3);
  else {
    frame[at] = 0xdb;
    frame.writeUInt32BE(length, at + 1);
  }
  const start = at - HEAD.length;
  frame.set(HEAD, start);
  return { frame, start, end };
}

/**
 * @param message with its type byte
 * @param limit the most bytes that may come out of it
 * @returns a message with its type byte, in memory of its own
 * @throws WireError
 */
export function decompress(message: Buffer, limit = MAX_DECOMPRESSED_BYTES): Buffer {
  let algorithm = LZW;
  let data: Buffer | undefined;
  for (let left = reader.open(message, 1).struct(); left > 0; left--) {
    const field = reader.field(COMPRESS);
    if (field === 'Algo') algorithm = reader.uint(0xff);
    else if (field === 'Buf') data = reader.view();
    else reader.skip();
  }
  if (algorithm !== LZW) throw new WireError('BAD_COMPRESSION', `cannot decompress unknown algorithm ${algorithm}`);
  if (!data) throw new WireError('BAD_COMPRESSION', 'a compressed message without data');
  const result = decompressLzw(data, limit);
  if (result.length === 0) throw new WireError('BAD_COMPRESSION', 'decompressed message is empty');
  return result;
}
