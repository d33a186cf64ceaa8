import { describe, expect, it } from 'vitest';
import { ExtensionKind, encodeExtension, readExtension } from '../src/extensions/extension-message.ts';
import { Simulation } from '../src/simulation/index.ts';
import { MessageType } from '../src/wire/message-types.ts';
import { decodeAck, encodeAlive } from '../src/wire/messages.ts';
import { forEachMessage } from '../src/wire/packet.ts';
import { joinAddress, memberNames, watching } from './watching.ts';

const broadcasts = (seen: readonly string[]) => seen.filter((event) => event.startsWith('broadcast'));

describe('broadcasts', () => {
  it.each([1, 2, 3, 4, 5])('a bad network (seed %i) – each still reaches every node, and once', async (seed) => {
    const simulation = new Simulation({ seed, loss: 0.2, duplication: 0.2, delayMs: [1, 80] });
    const nodes = await simulation.cluster(20, { suspicionMult: 10 });
    simulation.until(() => nodes.every((node) => node.members().length === 20), 60_000);
    const seen = nodes.map(watching);
    for (let i = 0; i < 5; i++) nodes[i]!.broadcast(`from ${i}`);
    nodes[0]!.broadcast('the same');
    nodes[0]!.broadcast('the same');
    simulation.clock.advance(30_000);
    for (const [i, events] of seen.entries()) {
      const expected = [0, 1, 2, 3, 4].filter((sender) => sender !== i).map((sender) => `broadcast from ${sender}`);
      if (i !== 0) expected.push('broadcast the same', 'broadcast the same');
      expect(broadcasts(events).toSorted()).toEqual(expected.toSorted());
    }
  });

  it('gossip lost to one node – it hears of the broadcast with a later ping, and asks for it', async () => {
    const simulation = new Simulation({ seed: 6 });
    const nodes = await simulation.cluster(4);
    simulation.clock.advance(3_000);
    const seen = watching(nodes[3]!);
    // Nothing reaches it for a moment; so short that it is not declared dead.
    simulation.network.dropPacket = (_from, to) => to.address === nodes[3]!.bound.address;
    nodes[0]!.broadcast('you missed this');
    simulation.clock.advance(2_000);
    expect(broadcasts(seen)).toEqual([]);
    simulation.network.dropPacket = () => false;
    expect(simulation.until(() => broadcasts(seen).length > 0, 10_000)).toBeDefined();
  });

  it('who asks for a broadcast – gets it when it is a member, and nothing when it is a stranger', async () => {
    const simulation = new Simulation({ seed: 31 });
    const [a] = await simulation.cluster(2);
    const received: { to: string; payload: Uint8Array }[] = [];
    const host = (address: string) =>
      simulation.network.host().transport(
        { address, port: 7946 },
        {
          onPacket: (packet) =>
            forEachMessage(
              packet[0] === MessageType.crc ? packet.subarray(5) : packet,
              (type, message) => {
                if (type === MessageType.user) received.push({ to: address, payload: message.subarray(1) });
                const payload = type === MessageType.ack ? decodeAck(message).payload : null;
                const extension = payload && readExtension(payload);
                if (extension?.kind === ExtensionKind.digest) digest = extension.body;
              },
              () => {},
            ),
          onConnection() {},
          onSendError() {},
        },
      );
    let digest: Buffer | undefined;
    const [member, stranger] = [await host('10.6.6.6'), await host('10.6.6.7')];
    const vsn = Uint8Array.of(1, 5, 2, 0, 0, 0);
    const addr = Uint8Array.of(10, 6, 6, 6);
    member.send(encodeAlive({ node: 'raw', incarnation: 1, addr, port: 7946, meta: null, vsn }), a!.bound);
    simulation.clock.advance(10);
    a!.broadcast('for members only');
    simulation.until(() => digest !== undefined, 10_000);
    // Gossip has come to an end before it is asked for.
    simulation.until(() => a!.stats().queuedBroadcasts === 0, 10_000);
    received.length = 0;
    for (const each of [member, stranger]) each.send(encodeExtension(ExtensionKind.request, digest!), a!.bound);
    simulation.clock.advance(50);
    expect(received.map(({ to, payload }) => `${to} ${Buffer.from(payload)}`)).toEqual(['10.6.6.6 for members only']);
  });

  it('a node that joins later – does not get what was told before', async () => {
    const simulation = new Simulation({ seed: 7 });
    const [a] = await simulation.cluster(3);
    simulation.clock.advance(3_000);
    a!.broadcast('old news');
    simulation.clock.advance(500);
    const late = await simulation.node();
    const seen = watching(late);
    await simulation.clock.settle(late.join(joinAddress(a!)));
    simulation.clock.advance(20_000);
    expect(memberNames(late)).toHaveLength(4);
    expect(broadcasts(seen)).toEqual([]);
  });

  it('a node that joins later – asks for what was told before once, not with each ping that it gets', async () => {
    const simulation = new Simulation({ seed: 35 });
    const nodes = await simulation.cluster(5);
    for (let i = 0; i < 20; i++) nodes[0]!.broadcast(Buffer.alloc(1_000));
    simulation.clock.advance(10_000);
    const late = await simulation.node();
    await simulation.clock.settle(late.join(joinAddress(nodes[0]!)));
    simulation.clock.advance(4_000);
    const before = simulation.network.bytes;
    simulation.clock.advance(10_000);
    // Pings and their answers, with what the others know in a few hundred bytes; one answer with all of it is 20 kB.
    expect(simulation.network.bytes - before).toBeLessThan(20_000);
  });

  it('longer than a packet – refused with the limit; just as long – arrives', async () => {
    const simulation = new Simulation({ seed: 8 });
    const [a, b] = await simulation.cluster(2);
    simulation.clock.advance(3_000);
    let limit = 0;
    try {
      a!.broadcast(Buffer.alloc(5_000));
    } catch (error) {
      limit = Number(/at most (\d+) fit/.exec((error as Error).message)![1]);
    }
    expect(limit).toBeGreaterThan(1_300);
    let length = 0;
    b!.on('message', (payload) => {
      length = payload.length;
    });
    a!.broadcast(Buffer.alloc(limit));
    simulation.clock.advance(2_000);
    expect(length).toBe(limit);
  });

  it('nothing to tell – pings are as small as upstream’s', async () => {
    const simulation = new Simulation({ seed: 9 });
    await simulation.cluster(3);
    simulation.clock.advance(20_000);
    const [packets, bytes] = [simulation.network.packets, simulation.network.bytes];
    simulation.clock.advance(30_000);
    expect((simulation.network.packets - packets) / 30 / 3).toBeCloseTo(2, 1);
    expect((simulation.network.bytes - bytes) / 30 / 3).toBeLessThan(100);
  });
});

describe('weights', () => {
  const weights = (node: { members(): { name: string; weight: number }[] }) =>
    Object.fromEntries(node.members().map(({ name, weight }) => [name, weight]));

  it('given at the start and changed later – reach all, also who joins later', async () => {
    const simulation = new Simulation({ seed: 10, loss: 0.1 });
    const nodes = await simulation.cluster(5, { weight: 3 });
    simulation.clock.advance(5_000);
    const seen = watching(nodes[4]!);
    nodes[1]!.setWeight(9);
    nodes[2]!.setWeight(0);
    simulation.clock.advance(5_000);
    expect(seen.filter((event) => event.startsWith('update')).toSorted()).toEqual([
      'update n2 weight',
      'update n3 weight',
    ]);
    const late = await simulation.node();
    await simulation.clock.settle(late.join(joinAddress(nodes[0]!)));
    simulation.clock.advance(15_000);
    const expected = { n1: 3, n2: 9, n3: 0, n4: 3, n5: 3, n6: 1 };
    for (const node of [...nodes, late]) expect(weights(node)).toEqual(expected);
  });

  it('a node fails and comes back – with its weight of now, not of then', async () => {
    const simulation = new Simulation({ seed: 11 });
    const [a, b] = await simulation.cluster(3);
    b!.setWeight(7);
    simulation.clock.advance(3_000);
    expect(weights(a!)).toMatchObject({ n2: 7 });
    await b!.close();
    simulation.until(() => a!.node('n2')?.state === 'dead', 60_000);
    expect(a!.node('n2')!.weight).toBe(1);
    const again = await simulation.node({ name: 'n2', bind: b!.bound });
    await simulation.clock.settle(again.join(joinAddress(a!)));
    simulation.clock.advance(3_000);
    expect(weights(a!)).toMatchObject({ n2: 1 });
  });

  it('left and joined again on the same instance – with its weight', async () => {
    const simulation = new Simulation({ seed: 34 });
    const [a, b] = await simulation.cluster(3, { weight: 7 });
    simulation.clock.advance(3_000);
    await simulation.clock.settle(b!.leave());
    simulation.clock.advance(1_000);
    expect([a!.node('n2')!.weight, b!.self!.weight]).toEqual([1, 7]);
    await simulation.clock.settle(b!.join(joinAddress(a!)));
    simulation.clock.advance(1_000);
    expect(weights(a!)).toEqual({ n1: 7, n2: 7, n3: 7 });
    expect(weights(b!)).toEqual({ n1: 7, n2: 7, n3: 7 });
  });

  it('a change – costs no incarnation', async () => {
    const simulation = new Simulation({ seed: 12 });
    const [a, b] = await simulation.cluster(2);
    const { incarnation } = b!.self!;
    b!.setWeight(5);
    simulation.clock.advance(3_000);
    expect(a!.node('n2')).toMatchObject({ weight: 5, incarnation });
  });
});

describe('seeds and rejoining', () => {
  it('all seeds are down at the start – the node tries on, and joins when one comes', async () => {
    const simulation = new Simulation({ seed: 13 });
    const seed = { address: '10.5.5.5', port: 7946 };
    const a = await simulation.node({ seeds: ['10.5.5.5:7946'] });
    const seen = watching(a);
    await simulation.clock.settle(new Promise<void>((done) => simulation.clock.after(20_000, done)));
    expect(seen).toContain('warning REJOIN_FAILED');
    const late = await simulation.node({ name: 'seed', bind: seed });
    await simulation.clock.settle(new Promise<void>((done) => simulation.clock.after(40_000, done)));
    expect([memberNames(a), memberNames(late)]).toEqual([
      ['n1', 'seed'],
      ['n1', 'seed'],
    ]);
  });

  it.each([
    ['with seeds', 60_000, true],
    ['without seeds, by the nodes that were lost', 60_000, false],
    ['longer than anybody is remembered in the table', 600_000, false],
  ])('a network in two halves %s for %i ms – is one cluster again', async (_, cutMs, hasSeeds) => {
    const simulation = new Simulation({ seed: 14 });
    const nodes = await simulation.cluster(6, hasSeeds ? { seeds: ['10.0.0.1:7946', '10.0.0.6:7946'] } : {});
    simulation.clock.advance(3_000);
    const [left, right] = [nodes.slice(0, 3), nodes.slice(3)];
    const pass = (ms: number) =>
      simulation.clock.settle(new Promise<void>((done) => simulation.clock.after(ms, done)), ms * 2);
    simulation.network.partition(
      left.map(({ bound }) => bound),
      right.map(({ bound }) => bound),
    );
    await pass(cutMs);
    expect(left.map(memberNames)).toEqual(Array(3).fill(['n1', 'n2', 'n3']));
    if (cutMs > 100_000) expect(left[0]!.node('n5')).toBeUndefined();
    simulation.network.heal();
    await pass(90_000);
    expect(nodes.map(memberNames)).toEqual(Array(6).fill(['n1', 'n2', 'n3', 'n4', 'n5', 'n6']));
  });

  it('a seed with its name – is looked for until a node of that name is there, wherever', async () => {
    const simulation = new Simulation({ seed: 36 });
    const a = await simulation.node({ seeds: ['n2/10.0.0.2:7946'], rejoinIntervalMs: 1_000 });
    const pass = (ms: number) =>
      simulation.clock.settle(new Promise<void>((done) => simulation.clock.after(ms, done)), ms * 2);
    await pass(3_000);
    const b = await simulation.node();
    await pass(3_000);
    expect(memberNames(a)).toEqual(['n1', 'n2']);
    const attempts = a.stats().counters.rejoin!;
    await pass(20_000);
    expect(a.stats().counters.rejoin).toBe(attempts);
    await b.close();
    await pass(20_000);
    expect(a.stats().counters.rejoin).toBeGreaterThan(attempts);
  });

  it('switched off – both halves stay apart, as upstream’s do', async () => {
    const simulation = new Simulation({ seed: 15 });
    const nodes = await simulation.cluster(4, { rejoinIntervalMs: 0, gossipToTheDeadMs: 5_000 });
    simulation.clock.advance(3_000);
    simulation.network.partition(
      nodes.slice(0, 2).map(({ bound }) => bound),
      nodes.slice(2).map(({ bound }) => bound),
    );
    await simulation.clock.settle(new Promise<void>((done) => simulation.clock.after(120_000, done)));
    simulation.network.heal();
    await simulation.clock.settle(new Promise<void>((done) => simulation.clock.after(120_000, done)));
    expect(memberNames(nodes[0]!)).toEqual(['n1', 'n2']);
  });
});
