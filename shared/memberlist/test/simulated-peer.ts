import type { Memberlist } from '../src/memberlist.ts';
import type { Simulation } from '../src/simulation/index.ts';
import type { Connection } from '../src/transport/transport.ts';
import { MessageType } from '../src/wire/message-types.ts';
import { decodePing, encodeAck, encodeAlive } from '../src/wire/messages.ts';
import { forEachMessage } from '../src/wire/packet.ts';

export interface SimulatedPeer {
  /** The messages that came in, packet by packet. */
  readonly packets: { type: number; message: Buffer }[][];
  readonly connections: Connection[];
  send(message: Buffer, to: Memberlist): void;
  /** Makes it a member there, understanding the protocol up to `maxProtocol`. */
  announce(name: string, to: Memberlist, maxProtocol?: number): void;
  /** Whether it answers pings; it does nothing else. */
  answers: boolean;
}

/** A host of the simulated network that is no node of ours: it keeps what it gets, and answers pings if it is told to. */
export async function simulatedPeer(simulation: Simulation, address: string): Promise<SimulatedPeer> {
  const at = { address, port: 7946 };
  const transport = await simulation.network.host().transport(at, {
    onPacket(packet, from) {
      const messages: { type: number; message: Buffer }[] = [];
      forEachMessage(
        packet[0] === MessageType.crc ? packet.subarray(5) : packet,
        (type, message) => messages.push({ type, message }),
        () => {},
      );
      peer.packets.push(messages);
      for (const { type, message } of messages) {
        if (type !== MessageType.ping || !peer.answers) continue;
        transport.send(encodeAck({ seqNo: decodePing(message).seqNo, payload: null }), from);
      }
    },
    onConnection(connection) {
      connection.listen({ onData() {}, onClose() {} });
      peer.connections.push(connection);
    },
    onSendError() {},
  });
  const peer: SimulatedPeer = {
    packets: [],
    connections: [],
    answers: true,
    send: (message, to) => transport.send(message, to.bound),
    announce(name, to, maxProtocol = 5) {
      const addr = Uint8Array.from(address.split('.'), Number);
      const vsn = Uint8Array.of(1, maxProtocol, 2, 0, 0, 0);
      transport.send(encodeAlive({ node: name, incarnation: 1, addr, port: at.port, meta: null, vsn }), to.bound);
      simulation.clock.advance(2);
    },
  };
  return peer;
}
