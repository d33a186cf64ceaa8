import { getServers } from 'node:dns';
import { connect } from 'node:net';
import { addressFromBytes, parseJoinTarget } from '../addresses.ts';

const TIMEOUT_MS = 2_000;
const TYPE = { a: 1, aaaa: 28, any: 255 };
const CLASS_IN = 1;
const HEADER_BYTES = 12;

/**
 * Asks a name server for all records of a name, over TCP, and takes the addresses: IPv4 first.
 *
 * @param server `host[:port]`; undefined: the system's first
 * @throws Error when there is no server, no answer in 2 s, or none that can be read
 * @see RFC 1035, sections 4.1 and 4.2.2
 */
export async function queryOverTcp(name: string, server = getServers()[0], signal?: AbortSignal): Promise<string[]> {
  if (server === undefined) throw new Error('this machine has no name server');
  const { host, port } = parseJoinTarget(server, 53);
  const query = question(name);
  const socket = connect({ host, port, ...(signal && { signal }) });
  socket.setTimeout(TIMEOUT_MS, () =>
    socket.destroy(new Error(`no answer of the name server within ${TIMEOUT_MS} ms`)),
  );
  socket.write(query);
  let received = Buffer.alloc(0);
  try {
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      received = Buffer.concat([received, chunk]);
      if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) continue;
      return addressesIn(received.subarray(2, 2 + received.readUInt16BE(0)));
    }
  } finally {
    socket.destroy();
  }
  throw new Error('the name server closed the connection');
}

function question(name: string): Buffer {
  const labels = name
    .replace(/\.$/, '')
    .split('.')
    .map((label) => Buffer.from(label));
  if (labels.some(({ length }) => length === 0 || length > 63)) throw new Error(`"${name}" is no host name`);
  const header = Buffer.from([0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  const encoded = labels.flatMap((label) => [Buffer.of(label.length), label]);
  const message = Buffer.concat([header, ...encoded, Buffer.of(0, 0, TYPE.any, 0, CLASS_IN)]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length);
  return Buffer.concat([length, message]);
}

function addressesIn(message: Buffer): string[] {
  const addresses = { [TYPE.a]: [] as string[], [TYPE.aaaa]: [] as string[] };
  let at = HEADER_BYTES;
  for (let i = 0; i < message.readUInt16BE(4); i++) at = afterName(message, at) + 4;
  for (let i = 0; i < message.readUInt16BE(6); i++) {
    at = afterName(message, at);
    const type = message.readUInt16BE(at);
    const length = message.readUInt16BE(at + 8);
    const address = addressFromBytes(message.subarray(at + 10, at + 10 + length));
    if (address !== undefined) addresses[type]?.push(address);
    at += 10 + length;
  }
  return [...addresses[TYPE.a]!, ...addresses[TYPE.aaaa]!];
}

/** Where a name ends: after its last label, or after a pointer to one. */
function afterName(message: Buffer, start: number): number {
  let at = start;
  for (let length = message.readUInt8(at); length !== 0; length = message.readUInt8(at)) {
    if (length >= 0xc0) return at + 2;
    at += length + 1;
  }
  return at + 1;
}
