import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, isIPv4, isIPv6, type Server, type Socket } from 'node:net';
import type { Address } from '../addresses.ts';
import { MemberlistError } from '../errors.ts';
import { addressText } from '../node.ts';
import type { Connection, ConnectionListener, Transport, TransportHandlers } from './transport.ts';

/** Bursts of gossip must not be lost while this process is busy. The kernel may grant less. */
const RECEIVE_BUFFER_BYTES = 2 * 1024 * 1024;
const SMALLEST_RECEIVE_BUFFER_BYTES = 64 * 1024;
/** With port 0 the kernel chooses for TCP, and the same port may be taken on UDP. */
const PORT_TRIES = 10;
const ACCEPT_BACKLOG = 1024;
/** IPv4 in IPv6. */
const MAPPED_PREFIX = '::ffff:';

/**
 * Listens on UDP and TCP on one port.
 *
 * @throws MemberlistError ADDRESS_IN_USE or BAD_ADDRESS, with the address
 */
export async function openSocketTransport(bind: Address, handlers: TransportHandlers): Promise<Transport> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await open(bind, handlers);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EADDRINUSE' && bind.port === 0 && attempt < PORT_TRIES) continue;
      throw explain(error as NodeJS.ErrnoException, bind);
    }
  }
}

async function open(bind: Address, { onPacket, onConnection, onSendError }: TransportHandlers): Promise<Transport> {
  const connections = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    track(socket);
    onConnection(socketConnection(socket));
  });
  const track = (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  };
  server.listen({ host: bind.address, port: bind.port, backlog: ACCEPT_BACKLOG });
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const udp = await bindUdp({ address: bind.address, port }).catch(async (error: unknown) => {
    await closeServer(server);
    throw error;
  });
  // A socket at `::` takes IPv4 too, and writes its addresses as IPv6.
  const isDual = isIPv6(bind.address);
  udp.on('message', (packet, { address, port: from }) =>
    onPacket(packet, { address: isDual ? withoutPrefix(address) : address, port: from }),
  );
  udp.on('error', onSendError);
  // Too many open files, say: the next connection may be accepted again.
  server.on('error', onSendError);
  return {
    bound: { address: bind.address, port },
    send(packet, { address, port }, onError) {
      const target = isDual && isIPv4(address) ? MAPPED_PREFIX + address : address;
      try {
        // A callback costs as much as half of the sending, so there is one only where it is needed.
        if (onError) udp.send(packet, port, target, (error) => error && onError(error));
        else udp.send(packet, port, target);
      } catch (error) {
        (onError ?? onSendError)(error as Error);
      }
    },
    dial(to) {
      const socket = connect({ host: to.address, port: to.port, noDelay: true });
      track(socket);
      return socketConnection(socket, to);
    },
    async close() {
      for (const socket of connections) socket.destroy();
      const udpClosed = once(udp, 'close');
      udp.close();
      await Promise.all([udpClosed, closeServer(server)]);
    },
  };
}

async function bindUdp({ address, port }: Address): Promise<UdpSocket> {
  const socket = createSocket({
    type: isIPv6(address) ? 'udp6' : 'udp4',
    // Only IP addresses come here. Without this, each packet would wait for a look-up.
    lookup: (host, _options, callback) => callback(null, host, isIPv6(host) ? 6 : 4),
  });
  try {
    const listening = once(socket, 'listening');
    socket.bind({ address, port, exclusive: true });
    await listening;
  } catch (error) {
    socket.close();
    throw error;
  }
  for (let size = RECEIVE_BUFFER_BYTES; size >= SMALLEST_RECEIVE_BUFFER_BYTES; size /= 2) {
    try {
      socket.setRecvBufferSize(size);
      break;
    } catch {
      // Some systems refuse a size instead of granting less.
    }
  }
  return socket;
}

function socketConnection(socket: Socket, to?: Address): Connection {
  let failure: Error | undefined;
  let listener: ConnectionListener | undefined;
  socket.on('error', (error) => {
    failure = error;
  });
  socket.on('data', (chunk: Buffer) => listener?.onData(chunk));
  socket.once('close', () => listener?.onClose(failure));
  return {
    remote: to ?? { address: withoutPrefix(socket.remoteAddress ?? ''), port: socket.remotePort ?? 0 },
    listen(given) {
      listener = given;
    },
    write: (bytes) => void socket.write(bytes),
    end: () => void socket.end(),
    destroy: () => void socket.destroy(),
  };
}

const withoutPrefix = (address: string): string =>
  address.startsWith(MAPPED_PREFIX) ? address.slice(MAPPED_PREFIX.length) : address;

const closeServer = (server: Server): Promise<void> => new Promise((done) => server.close(() => done()));

function explain(error: NodeJS.ErrnoException, bind: Address): MemberlistError {
  const where = addressText(bind);
  if (error.code === 'EADDRINUSE') {
    return new MemberlistError('ADDRESS_IN_USE', `${where} is in use by another program; choose another port, or 0`, {
      cause: error,
    });
  }
  return new MemberlistError('BAD_ADDRESS', `cannot listen at ${where}: ${error.message}`, { cause: error });
}
