import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressFromBytes, addressToBytes, createAddressFilter, parseJoinTarget } from './addresses.ts';

describe('parseJoinTarget', () => {
  it.each([
    ['1.2.3.4', { host: '1.2.3.4', port: 7946 }],
    ['1.2.3.4:80', { host: '1.2.3.4', port: 80 }],
    ['node/1.2.3.4:80', { name: 'node', host: '1.2.3.4', port: 80 }],
    ['localhost', { host: 'localhost', port: 7946 }],
    ['localhost:80', { host: 'localhost', port: 80 }],
    ['a.example.com', { host: 'a.example.com', port: 7946 }],
    ['node/a.example.com', { name: 'node', host: 'a.example.com', port: 7946 }],
    ['::1', { host: '::1', port: 7946 }],
    ['[::1]', { host: '::1', port: 7946 }],
    ['[::1]:80', { host: '::1', port: 80 }],
    ['2001:db8:a0b:12f0::1', { host: '2001:db8:a0b:12f0::1', port: 7946 }],
    ['[2001:db8:a0b:12f0::1]:80', { host: '2001:db8:a0b:12f0::1', port: 80 }],
    ['node/[::1]:80', { name: 'node', host: '::1', port: 80 }],
  ])('%s – read', (text, target) => {
    expect(parseJoinTarget(text, 7946)).toEqual(target);
  });

  it.each([
    ['/1.2.3.4', 'the name before "/" is empty'],
    ['', 'the host is missing'],
    [':80', 'the host is missing'],
    ['node/', 'the host is missing'],
    ['1.2.3.4:65536', '65536 is no port'],
    ['1.2.3.4:0', '0 is no port'],
    ['[localhost]:80', 'only an IPv6 address stands in brackets'],
    ['a:b:c', 'cannot be told apart'],
    ['1.2.3.4:http', 'cannot be told apart'],
  ])('%s – refused: %s', (text, why) => {
    expect(() => parseJoinTarget(text, 7946)).toThrowError(
      expect.objectContaining({ code: 'BAD_ADDRESS', message: expect.stringContaining(why) }),
    );
  });
});

describe('addresses as bytes', () => {
  it.each([
    ['127.0.0.1', '7f000001'],
    ['::1', `${'00'.repeat(15)}01`],
    ['2001:db8::ff00:42:8329', '20010db8000000000000ff0000428329'],
    ['fe80::1', `fe80${'00'.repeat(13)}01`],
  ])('%s – %s and back', (text, hex) => {
    expect(Buffer.from(addressToBytes(text)).toString('hex')).toBe(hex);
    expect(addressFromBytes(Buffer.from(hex, 'hex'))).toBe(text);
  });

  it('any address – comes back', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.ipV4(),
          fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => addressFromBytes(bytes)!),
        ),
        (text) => {
          expect(addressFromBytes(addressToBytes(text))).toBe(text);
        },
      ),
    );
  });

  it('other lengths, other texts – are none', () => {
    expect(addressFromBytes(Uint8Array.of(1, 2, 3))).toBeUndefined();
    expect(() => addressToBytes('localhost')).toThrowError(/"localhost" is no IP address/);
  });
});

describe('createAddressFilter', () => {
  it('nothing said – all are allowed', () => {
    for (const cidrs of [undefined, []]) {
      const isAllowed = createAddressFilter(cidrs);
      expect(['10.0.0.1', '::1'].map(isAllowed)).toEqual([true, true]);
    }
  });

  it.each([
    [['10.0.0.0/8'], { '10.1.2.3': true, '11.0.0.1': false, '::1': false }],
    [['fd00::/8'], { 'fd00::1': true, '10.0.0.1': false }],
    [['10.0.0.0/8', '::1/128'], { '10.0.0.1': true, '::1': true, '192.168.0.1': false }],
  ])('%j – allows what lies in it', (cidrs, expected) => {
    const isAllowed = createAddressFilter(cidrs);
    expect(Object.fromEntries(Object.keys(expected).map((address) => [address, isAllowed(address)]))).toEqual(expected);
  });

  it.each(['10.0.0.0', '10.0.0.0/33', 'x/8', '10.0.0.0/a'])('%s – refused', (cidr) => {
    expect(() => createAddressFilter([cidr])).toThrowError(`allowedCidrs: "${cidr}" is no network such as 10.0.0.0/8`);
  });
});
