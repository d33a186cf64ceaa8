import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Memberlist } from '../src/memberlist.ts';

/** A socket that sends and receives packets as they are. */
export async function rawPeer(): Promise<{
  port: number;
  send(packet: Buffer, to: Memberlist): void;
  next(): Promise<Buffer>;
  /** Whether nothing came until the node has answered something else. */
  [Symbol.dispose](): void;
}> {
  const socket: Socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const arrived: Buffer[] = [];
  const waiting: ((packet: Buffer) => void)[] = [];
  socket.on('message', (packet) => {
    const take = waiting.shift();
    if (take) take(packet);
    else arrived.push(packet);
  });
  return {
    port: socket.address().port,
    send: (packet, to) => socket.send(packet, to.bound.port, to.bound.address),
    next: () => {
      const packet = arrived.shift();
      return packet ? Promise.resolve(packet) : new Promise((take) => waiting.push(take));
    },
    [Symbol.dispose]: () => socket.close(),
  };
}

/** Connects, writes, and gives what came back until the other side closed. */
export async function exchangeRaw(to: Memberlist, bytes: Buffer): Promise<Buffer> {
  const socket = connect(to.bound.port, to.bound.address);
  socket.write(bytes);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => {});
  await once(socket, 'close');
  return Buffer.concat(chunks);
}
