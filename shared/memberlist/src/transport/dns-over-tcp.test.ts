import { describe, expect, it } from 'vitest';
import { A, AAAA, answerWith, CNAME, nameServer } from '../../test/name-server.ts';
import { queryOverTcp } from './dns-over-tcp.ts';
import { resolveTarget } from './resolve.ts';

const ipv6 = [0x20, 1, 0xd, 0xb8, ...new Array<number>(11).fill(0), 1];

describe('queryOverTcp', () => {
  it.each(['join.service.consul', 'join.service.consul.'])(
    '%s – all addresses, IPv4 first, no aliases',
    async (name) => {
      await using server = await nameServer((question) =>
        answerWith(question, [
          [CNAME, [0xc0, 12]],
          [AAAA, ipv6],
          [A, [127, 0, 0, 1]],
        ]),
      );
      expect(await queryOverTcp(name, server.address)).toEqual(['127.0.0.1', '2001:db8::1']);
      expect(server.asked).toEqual(['join.service.consul']);
    },
  );

  it('an answer that ends too early, or none – an error, not a wait', async () => {
    await using server = await nameServer((question) => answerWith(question, [[A, [127, 0, 0, 1]]]).subarray(0, 30));
    await expect(queryOverTcp('a.b', server.address)).rejects.toThrow();
    await expect(queryOverTcp('a.b', '127.0.0.1:1')).rejects.toThrow(/ECONNREFUSED/);
    await expect(queryOverTcp('a..b', server.address)).rejects.toThrow('"a..b" is no host name');
  });
});

describe('resolveTarget', () => {
  it('an address – is itself; a name with a dot – is asked for over TCP; others, or when that fails – the system', async () => {
    await using server = await nameServer((question) => answerWith(question, [[A, [10, 1, 2, 3]]]));
    const { address } = server;
    expect(await resolveTarget({ host: '10.9.9.9', port: 1 }, address)).toEqual([{ address: '10.9.9.9', port: 1 }]);
    expect(await resolveTarget({ host: 'a.example', port: 1 }, address)).toEqual([{ address: '10.1.2.3', port: 1 }]);
    const local = await resolveTarget({ host: 'localhost', port: 1 }, address);
    expect(['127.0.0.1', '::1']).toContain(local[0]!.address);
  });

  it('a name that nobody knows – an error with the name', async () => {
    await expect(resolveTarget({ host: 'nobody.invalid', port: 1 }, '127.0.0.1:1')).rejects.toMatchObject({
      code: 'UNREACHABLE',
      message: expect.stringContaining('"nobody.invalid" cannot be resolved'),
    });
  });
});
