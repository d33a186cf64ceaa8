import { describe, expect, it } from 'vitest';
import { codeOf, fromHex } from '../../test/wire/vectors.ts';
import {
  decodeAck,
  decodeAlive,
  decodePing,
  decodePushPull,
  encodeAlive,
  encodePing,
  encodePushPull,
} from './messages.ts';

/** A ping with these bytes as the value of SeqNo. */
const pingWith = (seqNo: string) => fromHex(`0081a55365714e6f${seqNo}`);

describe('messages', () => {
  it('TestEncodeDecode – a ping survives', () => {
    expect(decodePing(encodePing({ seqNo: 100, node: '' }))).toEqual({ seqNo: 100, node: '' });
  });

  it.each([
    ['7f', 127],
    ['cc80', 128],
    ['cd0100', 256],
    ['ce00010000', 65_536],
    ['ceffffffff', 0xffff_ffff],
    ['cf00000000000000ff', 255],
    ['d04d', 77],
    ['d17fff', 0x7fff],
    ['d200000001', 1],
    ['d3000000000000004d', 77],
    ['c0', 0],
  ])('an integer as %s – is read', (hex, value) => {
    expect(decodePing(pingWith(hex)).seqNo).toBe(value);
  });

  it.each([
    ['ff', 'below zero'],
    ['d080', 'below zero'],
    ['d3ffffffffffffffff', 'below zero'],
    ['cf0000000100000000', 'more than 32 bits'],
    ['ca3f800000', 'a fraction'],
    ['a131', 'a text'],
    ['c1', 'no msgpack'],
  ])('an integer as %s (%s) – is refused', (hex) => {
    expect(codeOf(() => decodePing(pingWith(hex)))).toBe('BAD_MESSAGE');
  });

  it.each(['a16e', 'd9016e', 'da00016e', 'db000000016e', 'c4016e', 'c500016e', 'c6000000016e'])(
    'a string as %s – is read',
    (value) => {
      expect(decodePing(fromHex(`0081a44e6f6465${value}`)).node).toBe('n');
    },
  );

  it.each(['a44e6f6465', 'd9044e6f6465', 'da00044e6f6465', 'c4044e6f6465'])('a name as %s – is known', (name) => {
    expect(decodePing(fromHex(`0081${name}a16e`)).node).toBe('n');
  });

  it('names in any order – are found', () => {
    expect(decodePing(fromHex('0082a55365714e6f07a44e6f6465a16e'))).toMatchObject({ seqNo: 7, node: 'n' });
  });

  it.each([
    ['a map in a map', '82a16181a16202a163c3'],
    ['an array of numbers', '9301cb3ff0000000000000d3ffffffffffffffff'],
    ['an extension', 'c7030a010203'],
    ['a fixed extension', 'd60a01020304'],
    ['long bytes', 'c60000000301ff02'],
    ['nil', 'c0'],
  ])('unknown: %s – is passed over', (_, value) => {
    expect(decodePing(fromHex(`0083a35a7a7a${value}05${value}a55365714e6f07`)).seqNo).toBe(7);
  });

  it('unknown values 100 000 deep – are passed over', () => {
    const deep = Buffer.concat([fromHex('0082a35a7a7a'), Buffer.alloc(100_000, 0x91), fromHex('c0a55365714e6f07')]);

    expect(decodePing(deep).seqNo).toBe(7);
  });

  it('structs as arrays, in source order – are read; what they lack is empty, what is more is ignored', () => {
    expect(decodePing(fromHex('009207a16e'))).toEqual({ seqNo: 7, node: 'n' });
    expect(decodeAck(fromHex('029207a101'))).toEqual({ seqNo: 7, payload: Uint8Array.of(1) });
    expect(decodePing(fromHex('009707a16ea47f000001cd1f0aa16d9101c3'))).toEqual({
      seqNo: 7,
      node: 'n',
      sourceAddr: Uint8Array.of(127, 0, 0, 1),
      sourcePort: 7946,
      sourceNode: 'm',
    });
  });

  it('nil and nothing – are told apart in bytes', () => {
    const alive = { incarnation: 1, node: 'n', addr: Uint8Array.of(1, 2, 3, 4), port: 1, vsn: null };

    expect(decodeAlive(encodeAlive({ ...alive, meta: null })).meta).toBeNull();
    expect(decodeAlive(encodeAlive({ ...alive, meta: new Uint8Array(0) })).meta).toEqual(new Uint8Array(0));
  });

  it('bytes as an array of numbers – are read', () => {
    expect(decodeAlive(fromHex('0481a356736e96010502ccff0504')).vsn).toEqual(Uint8Array.of(1, 5, 2, 255, 5, 4));
  });

  it('bytes – are copies: the packet may change', () => {
    const message = encodeAlive({
      incarnation: 1,
      node: 'n',
      addr: Uint8Array.of(1, 2, 3, 4),
      port: 1,
      meta: null,
      vsn: null,
    });
    const { addr } = decodeAlive(message);
    message.fill(0);

    expect(addr).toEqual(Uint8Array.of(1, 2, 3, 4));
  });

  it('counts and lengths that lie – are refused before anything is made for them', () => {
    expect(codeOf(() => decodePing(fromHex('00dfffffffff')))).toBe('TRUNCATED');
    expect(codeOf(() => decodePing(fromHex('0081a44e6f6465dbffffffff6e')))).toBe('TRUNCATED');
    expect(codeOf(() => decodeAlive(fromHex('0481a356736eddffffffff01')))).toBe('TRUNCATED');
    expect(codeOf(() => decodePing(fromHex('0081a35a7a7addffffffff01')))).toBe('TRUNCATED');
  });

  it('signed integers – are written as go-msgpack v2 does', () => {
    const headerOf = (count: number) =>
      encodePushPull({ join: false, nodes: [], userState: Buffer.alloc(count) })
        .subarray(0, 33)
        .toString('hex');
    const header = '0683a44a6f696ec2a54e6f64657300ac5573657253746174654c656e';

    expect(headerOf(127).startsWith(`${header}7f`)).toBe(true);
    expect(headerOf(200).startsWith(`${header}d100c8`)).toBe(true);
    expect(headerOf(32_767).startsWith(`${header}d17fff`)).toBe(true);
    expect(headerOf(32_768).startsWith(`${header}d200008000`)).toBe(true);
  });

  it.each(['cc02', 'd10002', 'd200000002', '02'])('a user state of length %s – is read', (length) => {
    const message = fromHex(`0683a44a6f696ec3a54e6f64657300ac5573657253746174654c656e${length}7374`);

    expect(decodePushPull(message)).toEqual({ join: true, nodes: [], userState: Buffer.from('st') });
  });

  it('a state that would not be taken by any peer – is not written', () => {
    const userState = Buffer.alloc(20 * 1024 * 1024 + 1);
    expect(codeOf(() => encodePushPull({ join: false, nodes: [], userState }))).toBe('TOO_LARGE');
  });

  it('long names in many scripts – come through', () => {
    const node = 'узел-節點-😀'.repeat(5000);
    expect(decodePing(encodePing({ seqNo: 1, node })).node).toBe(node);
  });
});
