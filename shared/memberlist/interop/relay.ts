/**
 * The address that a peer advertises instead of its own: passes UDP and TCP on to the peer until told to drop them. The peer
 * answers others directly, for pings name who asks, so only the way towards the peer is broken.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { freePort } from './loopback.ts';

export interface Relay extends AsyncDisposable {
  readonly address: string;
  /** From now on datagrams of that port are dropped; of all without a port. */
  dropUdp(from?: number): void;
  /** From now on TCP connections are accepted and never served. */
  silenceTcp(): void;
  /** How many pings of that port were dropped, as far as they were neither compressed nor encrypted. */
  droppedPings(from: number): number;
}

/** The first byte of a message. */
const PING = 0;

/** @param target the port of 127.0.0.1 where the peer listens */
export async function startRelay(target: number): Promise<Relay> {
  const port = await freePort();
  const blocked = new Set<number>();
  const dropped = new Map<number, number>();
  let dropsAll = false;
  let tcpIsSilent = false;

  const udp = createSocket('udp4');
  udp.on('message', (packet, { port: from }) => {
    // What the peer answers to the relay itself goes nowhere.
    if (from === target) return;
    if (!dropsAll && !blocked.has(from)) udp.send(packet, target, '127.0.0.1');
    else if (packet[0] === PING) dropped.set(from, (dropped.get(from) ?? 0) + 1);
  });
  udp.bind(port, '127.0.0.1');

  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    // A reset of either side ends both.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const tcp = createServer((incoming) => {
    keep(incoming);
    if (tcpIsSilent) return;
    const outgoing = connect(target, '127.0.0.1');
    keep(outgoing);
    incoming.pipe(outgoing).pipe(incoming);
    incoming.on('close', () => outgoing.destroy());
    outgoing.on('close', () => incoming.destroy());
  }).listen(port, '127.0.0.1');
  await Promise.all([once(udp, 'listening'), once(tcp, 'listening')]);

  return {
    address: `127.0.0.1:${port}`,
    dropUdp(from) {
      if (from === undefined) dropsAll = true;
      else blocked.add(from);
    },
    silenceTcp() {
      tcpIsSilent = true;
    },
    droppedPings: (from) => dropped.get(from) ?? 0,
    async [Symbol.asyncDispose]() {
      udp.close();
      for (const socket of sockets) socket.destroy();
      tcp.close();
    },
  };
}
