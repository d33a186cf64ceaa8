import { describe, expect, it } from 'vitest';
import { codeOf, fromHex, vector } from '../../test/wire/vectors.ts';
import { compress, compressIfSmaller, decompress } from './compression.ts';
import { MAX_DECOMPRESSED_BYTES, MAX_STATE_BYTES } from './limits.ts';
import { decompressLzw } from './lzw.ts';

describe('compression', () => {
  it('TestCompressDecompressPayload – what goes in comes out', () => {
    expect(decompress(compress(Buffer.from('testing'))).toString()).toBe('testing');
  });

  it('TestDecompressPayload_Limit – over 40 MiB is refused, over 20 MiB is not', () => {
    const tooMuch = compress(Buffer.alloc(MAX_DECOMPRESSED_BYTES + 1));

    expect(() => decompress(tooMuch)).toThrow(`decompressed message is larger than limit (${MAX_DECOMPRESSED_BYTES})`);
    expect(decompress(compress(Buffer.alloc(MAX_STATE_BYTES + 1))).length).toBe(MAX_STATE_BYTES + 1);
  });

  it('exactly the limit – comes out', () => {
    expect(decompress(compress(Buffer.alloc(1000)), 1000).length).toBe(1000);
    expect(codeOf(() => decompress(compress(Buffer.alloc(1001)), 1000))).toBe('TOO_LARGE');
  });

  it('messages of all sizes around those of headers – come through', () => {
    for (const length of [1, 18, 19, 20, 21, 22, 23, 300, 43_000, 44_000, 70_000]) {
      const message = Buffer.from(Array.from({ length }, (_, i) => (i * i * 31 + (i >> 3)) & 0xff));
      expect(decompress(compress(message))).toEqual(message);
    }
  });

  it('another message later – does not change what came out before', () => {
    const first = decompress(compress(Buffer.from('first message')));
    decompress(compress(Buffer.from('other message')));

    expect(first.toString()).toBe('first message');
  });

  it('what does not get smaller – is left as it is', () => {
    expect(compressIfSmaller(Buffer.from('all bytes here differ'))).toBeUndefined();
    expect(compressIfSmaller(Buffer.alloc(300, 'ab'))!.length).toBeLessThan(100);
  });

  it.each([
    ['another algorithm', '0982a4416c676f01a3427566a3000302', 'cannot decompress unknown algorithm 1'],
    ['no data', '0981a4416c676f00', 'a compressed message without data'],
    ['data without an end', '0982a4416c676f00a3427566a10003', 'have been truncated'],
    ['a code that is not yet there', '0982a4416c676f00a3427566a300ffff', 'lzw: invalid code'],
    ['nothing in it', '0982a4416c676f00a3427566a3000302', 'decompressed message is empty'],
  ])('%s – is refused', (_, hex, text) => {
    expect(() => decompress(fromHex(hex))).toThrow(text);
    expect(codeOf(() => decompress(fromHex(hex)))).toBe('BAD_COMPRESSION');
  });

  it('more tables than generations – are still right', () => {
    const { plain, hex } = vector('fn.compress_abc');
    for (let i = 0; i < 5000; i++) {
      // Each leaves entries in the table that must not be taken for one's own.
      expect(compress(fromHex(plain!)).toString('hex')).toBe(hex);
    }
  });

  it('a full table that is not cleared – stays as it is', () => {
    // Single bytes until long after the table is full: no encoder writes so, but upstream reads it.
    const letters = Array.from({ length: 6000 }, (_, i) => 65 + ((i * i) % 26));
    const data = packCodes([256, ...letters, 258, 4095, 257]);

    // The first code stands for the first two letters, the last one for those that came when the table got full.
    const expected = Buffer.from([...letters, ...letters.slice(0, 2), ...letters.slice(3837, 3839)]);
    expect(decompressLzw(data, 10_000)).toEqual(expected);
  });
});

/** Writes codes as wide as the decoder expects them. */
function packCodes(codes: readonly number[]): Buffer {
  const bits: number[] = [];
  let highest = 257;
  let width = 9;
  for (const [i, code] of codes.entries()) {
    for (let bit = 0; bit < width; bit++) bits.push((code >> bit) & 1);
    if (i > 0 && highest < 4095 && ++highest === 1 << width && width < 12) width++;
  }
  const bytes = Buffer.alloc(Math.ceil(bits.length / 8));
  for (const [i, bit] of bits.entries()) bytes[i >> 3]! |= bit << (i & 7);
  return bytes;
}
