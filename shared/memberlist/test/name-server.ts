import { once } from 'node:events';
import { createServer } from 'node:net';

/** Types of DNS records. */
export const [A, CNAME, AAAA] = [1, 5, 28];

export interface NameServer extends AsyncDisposable {
  /** `host:port`, as the option `dnsServer` takes it. */
  address: string;
  /** The names that were asked for. */
  asked: string[];
}

/** A name server that answers over TCP with these bytes, to whatever is asked. */
export async function nameServer(answer: (question: Buffer) => Buffer): Promise<NameServer> {
  const asked: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => {});
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
  return {
    address: `127.0.0.1:${(server.address() as { port: number }).port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}

function nameIn(question: Buffer): string {
  const labels: string[] = [];
  for (let at = 12; question[at] !== 0; at += question[at]! + 1)
    labels.push(question.toString('latin1', at + 1, at + 1 + question[at]!));
  return labels.join('.');
}

/** An answer with these records; the names point to the question's. */
export function answerWith(question: Buffer, records: readonly [type: number, data: readonly number[]][]): Buffer {
  const header = Buffer.from([question[0]!, question[1]!, 0x81, 0x80, 0, 1, 0, records.length, 0, 0, 0, 0]);
  const bodies = records.map(([type, data]) =>
    Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, data.length, ...data]),
  );
  return Buffer.concat([header, question.subarray(12), ...bodies]);
}
