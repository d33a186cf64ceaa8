import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { queryOverTcp } from './dns-over-tcp.ts';
import { resolveTarget } from './resolve.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** A name server that answers with these bytes, after the identifier, to whatever is asked. */
async function nameServer(answer: (question: Buffer) => Buffer): Promise<{ address: string; asked: string[] }> {
  const asked: string[] = [];
  server = createServer((socket) => {
    socket.once('data', (data) => {
      const question = data.subarray(2);
      asked.push(nameIn(question));
      const body = answer(question);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(body.length);
      socket.end(Buffer.concat([length, body]));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { address: `127.0.0.1:${(server.address() as { port: number }).port}`, asked };
}

function nameIn(question: Buffer): string {
  const labels: string[] = [];
  for (let at = 12; question[at] !== 0; at += question[at]! + 1)
    labels.push(question.toString('latin1', at + 1, at + 1 + question[at]!));
  return labels.join('.');
}

/** An answer with a record of each type; the names point to the question's. */
function answerWith(question: Buffer, records: [type: number, data: number[]][]): Buffer {
  const header = Buffer.from([question[0]!, question[1]!, 0x81, 0x80, 0, 1, 0, records.length, 0, 0, 0, 0]);
  const bodies = records.map(([type, data]) =>
    Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, data.length, ...data]),
  );
  return Buffer.concat([header, question.subarray(12), ...bodies]);
}

const A = 1;
const CNAME = 5;
const AAAA = 28;
const ipv6 = [0x20, 1, 0xd, 0xb8, ...new Array<number>(11).fill(0), 1];

describe('queryOverTcp', () => {
  it.each(['join.service.consul', 'join.service.consul.'])(
    '%s – all addresses, IPv4 first, no aliases',
    async (name) => {
      const { address, asked } = await nameServer((question) =>
        answerWith(question, [
          [CNAME, [0xc0, 12]],
          [AAAA, ipv6],
          [A, [127, 0, 0, 1]],
        ]),
      );
      expect(await queryOverTcp(name, address)).toEqual(['127.0.0.1', '2001:db8::1']);
      expect(asked).toEqual(['join.service.consul']);
    },
  );

  it('an answer that ends too early, or none – an error, not a wait', async () => {
    const { address } = await nameServer((question) => answerWith(question, [[A, [127, 0, 0, 1]]]).subarray(0, 30));
    await expect(queryOverTcp('a.b', address)).rejects.toThrow();
    await expect(queryOverTcp('a.b', '127.0.0.1:1')).rejects.toThrow(/ECONNREFUSED/);
    await expect(queryOverTcp('a..b', address)).rejects.toThrow('"a..b" is no host name');
  });
});

describe('resolveTarget', () => {
  it('an address – is itself; a name with a dot – is asked for over TCP; others, or when that fails – the system', async () => {
    const { address } = await nameServer((question) => answerWith(question, [[A, [10, 1, 2, 3]]]));
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
