import { once } from 'node:events';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { Memberlist, type MemberlistOptions } from '../src/index.ts';
import { makeCompounds } from '../src/wire/compound.ts';
import { Keyring } from '../src/wire/keyring.ts';
import {
  decodeAck,
  decodePushPull,
  encodeIndirectPing,
  encodePing,
  encodePushPull,
  encodeUserStream,
} from '../src/wire/messages.ts';
import { forEachMessage, openPacket, type WireSettings } from '../src/wire/packet.ts';
import { exchangeRaw, rawPeer } from './raw-peer.ts';
import { joinAddress, memberNames, watching } from './watching.ts';

const QUICK: MemberlistOptions = {
  probeIntervalMs: 200,
  probeTimeoutMs: 100,
  gossipIntervalMs: 20,
  tcpTimeoutMs: 2_000,
  compression: false,
};
const create = (name: string, options: MemberlistOptions = {}) =>
  Memberlist.create({ name, bind: { address: '127.0.0.1', port: 0 }, ...QUICK, ...options });
const until = (condition: () => boolean) => expect.poll(condition, { interval: 10, timeout: 10_000 }).toBe(true);

const PLAIN: WireSettings = {
  label: '',
  skipInboundLabelCheck: false,
  keyring: new Keyring([]),
  verifyIncoming: true,
  verifyOutgoing: true,
  compression: false,
  protocol: 2,
};
const loopback = Uint8Array.of(127, 0, 0, 1);

/** The sequence numbers of all answers in a packet. */
function acksIn(packet: Buffer): number[] {
  const seen: number[] = [];
  forEachMessage(
    openPacket(packet, PLAIN),
    (type, message) => {
      if (type === 2) seen.push(decodeAck(message).seqNo);
    },
    (error) => {
      throw error;
    },
  );
  return seen;
}

describe('packets', () => {
  it('a ping – is answered to the address that it names; one for another node is not', async () => {
    await using node = await create('a');
    using asker = await rawPeer();
    using answered = await rawPeer();
    asker.send(encodePing({ seqNo: 41, node: 'somebody', sourceAddr: loopback, sourcePort: answered.port }), node);
    asker.send(
      encodePing({ seqNo: 42, node: 'a', sourceAddr: loopback, sourcePort: answered.port, sourceNode: 'x' }),
      node,
    );
    expect(acksIn(await answered.next())).toEqual([42]);
    asker.send(encodePing({ seqNo: 43, node: '' }), node);
    expect(acksIn(await asker.next())).toEqual([43]);
  });

  it('three pings in one compound – three answers', async () => {
    await using node = await create('a');
    using asker = await rawPeer();
    const ping = encodePing({ seqNo: 42, node: 'a' });
    asker.send(makeCompounds([ping, ping, ping])[0]!, node);
    for (let i = 0; i < 3; i++) expect(acksIn(await asker.next())).toContain(42);
  });

  it('an indirect ping – the answer is passed on under the number of who asked', async () => {
    await using helper = await create('helper');
    await using target = await create('target');
    using asker = await rawPeer();
    const request = { target: loopback, nack: true, sourceAddr: loopback, sourcePort: asker.port, sourceNode: 'x' };
    asker.send(encodeIndirectPing({ ...request, seqNo: 100, port: target.bound.port, node: 'target' }), helper);
    expect(acksIn(await asker.next())).toEqual([100]);
    asker.send(encodeIndirectPing({ ...request, seqNo: 101, port: target.bound.port, node: 'nobody' }), helper);
    expect(openPacket(await asker.next(), PLAIN)[0]).toBe(11);
  });

  it('an answer – brings the news along in one packet', async () => {
    await using node = await create('a', { gossipNodes: 0 });
    using asker = await rawPeer();
    asker.send(encodePing({ seqNo: 5, node: 'a' }), node);
    const types: number[] = [];
    forEachMessage(
      openPacket(await asker.next(), PLAIN),
      (type) => types.push(type),
      (error) => {
        throw error;
      },
    );
    // The answer, and that the node itself is alive.
    expect(types).toEqual([2, 4]);
  });

  it('nonsense – is told, and the node goes on', async () => {
    await using node = await create('a');
    const seen = watching(node);
    const warnings: string[] = [];
    node.on('warning', ({ message }) => warnings.push(message));
    using stranger = await rawPeer();
    stranger.send(Buffer.alloc(0), node);
    for (const hex of ['ff', '07', '0780', '0c00000000', '09', '04c1']) stranger.send(Buffer.from(hex, 'hex'), node);
    stranger.send(encodePing({ seqNo: 7, node: 'a' }), node);
    expect(acksIn(await stranger.next())).toEqual([7]);
    expect(node.stats().counters['packets.rejected']).toBeGreaterThanOrEqual(6);
    expect(new Set(seen)).toEqual(new Set(['warning PACKET_REJECTED']));
    expect(warnings[0]).toMatch(`a packet from 127.0.0.1:${stranger.port} is ignored: `);
  });
});

describe('connections', () => {
  it('a ping – is answered; one for another node is closed', async () => {
    await using node = await create('a');
    expect(decodeAck(await exchangeRaw(node, encodePing({ seqNo: 9, node: 'a' })))).toMatchObject({ seqNo: 9 });
    expect(await exchangeRaw(node, encodePing({ seqNo: 9, node: 'b' }))).toHaveLength(0);
  });

  it('a push/pull – is answered with the own table before it is merged', async () => {
    await using node = await create('a');
    const vsn = Uint8Array.of(1, 5, 2, 0, 0, 0);
    const stranger = { name: 'b', addr: loopback, port: 9, meta: null, incarnation: 1, state: 0, vsn };
    const answer = decodePushPull(
      await exchangeRaw(node, encodePushPull({ join: false, nodes: [stranger], userState: Buffer.alloc(0) })),
    );
    expect(answer.nodes.map(({ name }) => name)).toEqual(['a']);
    await until(() => memberNames(node).includes('b'));
  });

  it('a user message – arrives; nonsense, endless headers and too many nodes are closed', async () => {
    await using node = await create('a', { tcpTimeoutMs: 200 });
    const seen = watching(node);
    await exchangeRaw(node, encodeUserStream(Buffer.from('hello')));
    await until(() => seen.includes('stream hello'));
    for (const hex of [
      'ff',
      '0683a44a6f696ec2a54e6f646573ce00989680ac557365725374617465',
      '0881aa557365724d73674c656ece01c9c380',
    ]) {
      await exchangeRaw(node, Buffer.from(hex, 'hex'));
    }
    expect(seen.filter((event) => event === 'warning STREAM_REJECTED').length).toBeGreaterThan(0);
    expect(node.members()).toHaveLength(1);
  });
});

describe('sockets', () => {
  it('a port that is taken – an error with the address, nothing left open', async () => {
    await using first = await create('a');
    await expect(create('b', { bind: { address: '127.0.0.1', port: first.bound.port } })).rejects.toMatchObject({
      code: 'ADDRESS_IN_USE',
      message: `127.0.0.1:${first.bound.port} is in use by another program; choose another port, or 0`,
    });
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    await expect(create('c', { bind: { address: '127.0.0.1', port } })).rejects.toMatchObject({
      code: 'ADDRESS_IN_USE',
    });
    server.close();
    await once(server, 'close');
    await using free = await create('d', { bind: { address: '127.0.0.1', port } });
    expect(free.bound.port).toBe(port);
  });

  it('an address of another machine – an error that names it', async () => {
    await expect(create('a', { bind: { address: '192.0.2.1', port: 0 } })).rejects.toMatchObject({
      code: 'BAD_ADDRESS',
    });
  });

  it('advertise – the others are told that address and port; a name is resolved', async () => {
    await using node = await create('a', { advertise: { address: 'localhost', port: 1234 } });
    expect(node.self).toMatchObject({ port: 1234 });
    expect(['127.0.0.1', '::1']).toContain(node.self!.address);
  });

  it('0.0.0.0 – the first private address is told, or an error says what to set', async () => {
    const hasPrivate = Object.values(networkInterfaces()).some((list) =>
      list?.some(({ family, internal }) => family === 'IPv4' && !internal),
    );
    const making = create('a', { bind: { address: '0.0.0.0', port: 0 } });
    if (hasPrivate) {
      await using node = await making;
      expect(node.self!.address).not.toBe('0.0.0.0');
    } else await expect(making).rejects.toThrow('set advertise.address');
  });

  it('a public address without keys – a warning', async () => {
    const warned: string[] = [];
    await using node = await create('a', {
      advertise: { address: '8.8.8.8' },
      logger: { debug() {}, info() {}, warn: (_details, message) => warned.push(message), error() {} },
    });
    expect(node.self!.address).toBe('8.8.8.8');
    expect(warned).toEqual(['8.8.8.8 can be reached from the internet, and nothing is encrypted: set keys']);
  });

  it('IPv6 – two nodes join', async (context) => {
    const bind = { address: '::1', port: 0 };
    const a = await create('a', { bind }).catch(() => undefined);
    if (!a) return context.skip('this machine has no IPv6');
    await using first = a;
    await using second = await create('b', { bind });
    await second.join(`[::1]:${first.bound.port}`);
    await until(() => memberNames(first).length === 2);
  });

  it('all addresses of this machine, by IPv6 – IPv4 reaches it too, and is written as IPv4', async (context) => {
    const bind = { address: '::', port: 0 };
    const a = await create('a', { bind, advertise: { address: '127.0.0.1' }, tcpPings: false }).catch(() => undefined);
    if (!a) return context.skip('this machine has no IPv6');
    await using both = a;
    await using old = await create('b', { tcpPings: false });
    const sources: string[] = [];
    both.on('message', (_payload, { via, from }) => sources.push(`${via} ${from}`));
    await old.join(joinAddress(both).replace('::', '127.0.0.1'));
    await until(() => memberNames(both).length === 2);
    expect([await both.ping('b'), await old.ping('a')].every((ms) => ms > 0)).toBe(true);
    old.send('a', 'x');
    await old.sendReliable('a', 'x');
    await until(() => sources.length === 2);
    expect(sources.toSorted()).toEqual(['packet 127.0.0.1', 'stream 127.0.0.1']);
  });

  it('the address to advertise is not found – an error, nothing left open', async () => {
    await using before = await create('a');
    const { port } = before.bound;
    await before.close();
    const advertise = { address: 'nobody.invalid' };
    await expect(create('a', { bind: { address: '127.0.0.1', port }, advertise })).rejects.toMatchObject({
      code: 'UNREACHABLE',
    });
    await using after = await create('a', { bind: { address: '127.0.0.1', port } });
    expect(after.bound.port).toBe(port);
  });

  it('networks that are allowed – a node outside is not let in, and a node outside of its own does not see itself', async () => {
    const allowedCidrs = ['127.0.0.0/24'];
    await using a = await create('a', { bind: { address: '127.0.0.1', port: 0 }, allowedCidrs });
    await using b = await create('b', { bind: { address: '127.0.0.2', port: 0 }, allowedCidrs });
    await using rogue = await create('rogue', { bind: { address: '127.0.1.1', port: 0 } });
    await b.join(joinAddress(a));
    await rogue.join(joinAddress(a));
    expect(memberNames(rogue)).toEqual(['a', 'b', 'rogue']);
    expect(memberNames(a)).toEqual(['a', 'b']);
    await using blind = await create('blind', { bind: { address: '127.0.1.2', port: 0 }, allowedCidrs });
    expect(blind.self).toBeUndefined();
    expect(blind.members()).toEqual([]);
  });
});

describe('clusters on real sockets', () => {
  it('sixteen encrypted nodes – converge; messages of every kind arrive; a crash and a leave are seen', async () => {
    const nodes = await Promise.all(
      Array.from({ length: 16 }, (_, i) => create(`n${i}`, { keys: [new Uint8Array(16).fill(7)], compression: true })),
    );
    await using stack = new AsyncDisposableStack();
    for (const node of nodes) stack.defer(() => node.close());
    await Promise.all(nodes.slice(1).map((node) => node.join(joinAddress(nodes[0]!))));
    await until(() => nodes.every((node) => node.members().length === 16));
    const seen = nodes.map(watching);
    nodes[3]!.broadcast('to all');
    nodes[3]!.send('n5', 'to one');
    await nodes[3]!.sendReliable('n6', 'x'.repeat(100_000));
    await until(() => seen.every((events, i) => i === 3 || events.includes('broadcast to all')));
    await until(() => seen[5]!.includes('packet to one') && seen[6]!.some((event) => event.startsWith('stream xxx')));
    await nodes[15]!.close();
    await nodes[14]!.leave();
    await until(() =>
      seen.slice(0, 14).every((events) => events.includes('leave n15 failed') && events.includes('leave n14 left')),
    );
    expect(seen[0]!.filter((event) => event.startsWith('leave'))).toHaveLength(2);
  });

  it('from plain to encrypted in steps – no node is lost', async () => {
    const keys = [new Uint8Array(32).fill(3)];
    const steps: MemberlistOptions[] = [
      { keys, verifyIncoming: false, verifyOutgoing: false },
      { keys, verifyIncoming: false, verifyOutgoing: true },
      { keys },
    ];
    const nodes = await Promise.all(['a', 'b', 'c'].map((name) => create(name)));
    await using stack = new AsyncDisposableStack();
    stack.defer(async () => {
      for (const node of nodes) await node.close();
    });
    await nodes[1]!.join(joinAddress(nodes[0]!));
    await nodes[2]!.join(joinAddress(nodes[0]!));
    for (const step of steps) {
      for (const [i, node] of nodes.entries()) {
        const bind = node.bound;
        await node.leave();
        await node.close();
        nodes[i] = await create(node.name, { ...step, bind });
        await nodes[i]!.join(nodes.filter((other) => other !== nodes[i]).map(joinAddress));
        await until(() => nodes.every((each) => memberNames(each).length === 3));
      }
    }
    expect(nodes.map(({ keyring }) => keyring.keys.length)).toEqual([1, 1, 1]);
  });
});
