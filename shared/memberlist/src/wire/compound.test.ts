import { describe, expect, it } from 'vitest';
import { codeOf, fromHex } from '../../test/wire/vectors.ts';
import { COMPOUND_HEADER_BYTES, COMPOUND_PART_BYTES, makeCompounds, splitCompound } from './compound.ts';
import { encodePing } from './messages.ts';

const ping = encodePing({ seqNo: 100, node: '' });
const three = makeCompounds([ping, ping, ping])[0]!;

describe('compounds', () => {
  it('TestMakeCompoundMessage – as long as the parts and what they cost', () => {
    expect(three.length).toBe(3 * ping.length + 3 * COMPOUND_PART_BYTES + COMPOUND_HEADER_BYTES);
  });

  it('TestDecodeCompoundMessage – three parts, none truncated', () => {
    expect(splitCompound(three)).toEqual({ parts: [ping, ping, ping], truncated: 0 });
  });

  it('TestDecodeCompoundMessage_NumberOfPartsOverflow – more parts than lengths', () => {
    expect(() => splitCompound(fromHex('0780'))).toThrow('truncated len slice');
  });

  it('TestDecodeCompoundMessage_Trunc – cut at 38 bytes: two parts, one truncated', () => {
    expect(splitCompound(three.subarray(0, 38))).toEqual({ parts: [ping, ping], truncated: 1 });
  });

  it('without a number of parts – is refused', () => {
    expect(() => splitCompound(fromHex('07'))).toThrow('missing compound length byte');
  });

  it.each([
    [0, []],
    [1, [1]],
    [255, [255]],
    [256, [255, 1]],
    [600, [255, 255, 90]],
  ])('%i messages – so many in each compound', (count, counts) => {
    const compounds = makeCompounds(Array.from({ length: count }, () => ping));

    expect(compounds.map((compound) => splitCompound(compound).parts.length)).toEqual(counts);
  });

  it('a part of 65535 bytes – fits, one more does not', () => {
    const largest = Buffer.alloc(65_535, 8);

    expect(splitCompound(makeCompounds([largest, ping])[0]!).parts).toEqual([largest, ping]);
    expect(codeOf(() => makeCompounds([Buffer.alloc(65_536)]))).toBe('TOO_LARGE');
  });
});
