import { describe, expect, it } from 'vitest';
import type { MemberlistOptions } from '../src/options.ts';
import { type Context, createWarner } from '../src/protocol/context.ts';
import { type BroadcastSource, PacketSender } from '../src/protocol/packet-sender.ts';
import { decodeAlive } from '../src/wire/messages.ts';
import { forEachMessage, openPacket } from '../src/wire/packet.ts';
import { aliveMessage, createRig } from './membership-rig.ts';

function createSender(sources: BroadcastSource[] = [], options: MemberlistOptions = {}) {
  const rig = createRig({ compression: false, ...options });
  const sent: Buffer[] = [];
  const emit = () => {};
  const context: Context = {
    config: rig.config,
    membership: rig.membership,
    emit,
    warn: createWarner(rig.config, emit),
    transport: {
      bound: { address: '127.0.0.1', port: 1 },
      send: (packet) => sent.push(packet),
      dial: () => {
        throw new Error('nobody dials here');
      },
      close: async () => {},
    },
  };
  return { ...rig, sent, sender: new PacketSender(context, sources) };
}

const message = Buffer.from([8, 1, 2, 3]);
const to = { address: '127.0.0.1', port: 9 };

describe('PacketSender', () => {
  it('a checksum – only for nodes that understand it, also when an address is a node’s name', () => {
    const { sender, sent, membership } = createSender();
    membership.alive(aliveMessage('new', 1));
    membership.alive(aliveMessage('old', 1, { vsn: Uint8Array.of(1, 4, 2, 0, 0, 0) }));
    sender.sendAlone(to, [message]);
    sender.sendAlone(to, [message], membership.table.get('new'));
    sender.sendAlone(to, [message], membership.table.get('old'));
    membership.alive(aliveMessage('127.0.0.1', 1));
    sender.sendAlone(to, [message]);
    expect(sent.map(({ length }) => length)).toEqual([4, 9, 4, 9]);
  });

  it('news – fill what room is left in a packet, and no more than that', () => {
    const limits: number[] = [];
    const source: BroadcastSource = (overhead, limit) => {
      limits.push(limit);
      return [Buffer.alloc(limit - overhead, 8)];
    };
    const { sender, sent } = createSender([source]);
    sender.send(to, [message]);
    expect(sent[0]!.length).toBe(1400);
    expect(limits).toEqual([1400 - 2 - (4 + 2)]);
  });

  it('much to tell – goes out in several packets, none of them too large, nothing twice', () => {
    const { membership, queued } = createSender();
    queued();
    for (let i = 0; i < 50; i++) membership.alive(aliveMessage(`node-${i}`, 1, { meta: Buffer.alloc(100) }));
    const gossiper = createSender([(...room) => membership.queue.take(...room)]);
    expect(gossiper.sender.sendNews(membership.table.get('node-1')!)).toBe(true);
    // As much as four packets hold; that it does not divide evenly may take one more.
    expect([4, 5]).toContain(gossiper.sent.length);
    expect(Math.max(...gossiper.sent.map(({ length }) => length))).toBeLessThanOrEqual(1400 + 5);
    const told: string[] = [];
    for (const packet of gossiper.sent) {
      forEachMessage(
        openPacket(packet, gossiper.config),
        (_type, part) => told.push(decodeAlive(part).node),
        (error) => {
          throw error;
        },
      );
    }
    expect(told.length).toBeGreaterThan(25);
    expect(new Set(told).size).toBe(told.length);
  });

  it('nothing to tell – nothing is sent', () => {
    const { sender, sent, membership } = createSender();
    membership.alive(aliveMessage('a', 1));
    expect(sender.sendNews(membership.table.get('a')!)).toBe(false);
    expect(sent).toEqual([]);
  });
});
