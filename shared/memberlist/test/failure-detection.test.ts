import { describe, expect, it } from 'vitest';
import { Simulation } from '../src/simulation/index.ts';
import { encodeAlive } from '../src/wire/messages.ts';
import { memberNames, watching } from './watching.ts';

const isTo = (to: { address: string }, node: { bound: { address: string } }) => to.address === node.bound.address;

describe('a healthy cluster', () => {
  it('probes – reach each node, nobody is suspected, everybody is healthy', async () => {
    const simulation = new Simulation({ seed: 1 });
    const probed = new Set<string>();
    const nodes = await simulation.cluster(5, { delegate: { onProbe: ({ name }, ms) => ms > 0 && probed.add(name) } });
    const seen = nodes.map(watching);
    const accusations = () => seen.flat().filter((event) => !event.startsWith('join'));
    simulation.clock.advance(20_000);
    expect([...probed].toSorted()).toEqual(['n1', 'n2', 'n3', 'n4', 'n5']);
    expect(accusations()).toEqual([]);
    expect(nodes.map(({ healthScore }) => healthScore)).toEqual([0, 0, 0, 0, 0]);
  });

  it('payloads of answers – come to who asked', async () => {
    const simulation = new Simulation({ seed: 2 });
    const payloads: string[] = [];
    await simulation.cluster(2, {
      delegate: {
        ackPayload: () => Buffer.from('pong!'),
        onProbe: (_node, _ms, payload) => payloads.push(Buffer.from(payload).toString()),
      },
    });
    simulation.clock.advance(3_000);
    expect(new Set(payloads)).toEqual(new Set(['pong!']));
  });

  it('ping – gives the round trip; without an answer an error', async () => {
    const simulation = new Simulation({ seed: 3, delayMs: [5, 5] });
    const [a, b] = await simulation.cluster(2);
    expect(await simulation.clock.settle(a!.ping('n2'))).toBeCloseTo(10);
    await b!.close();
    const pinging = a!.ping('n2');
    await expect(simulation.clock.settle(pinging)).rejects.toMatchObject({ code: 'NO_REPLY_TO_PING' });
  });
});

describe('a crash', () => {
  it('one of five – others are asked, it is suspected and declared dead, and all learn of it', async () => {
    const simulation = new Simulation({ seed: 4 });
    const nodes = await simulation.cluster(5);
    simulation.clock.advance(5_000);
    const [dead, ...others] = nodes.toReversed();
    const seen = others.map(watching);
    const membersThen: string[][] = [];
    for (const node of others) node.on('suspect', () => membersThen.push(memberNames(node)));
    await dead!.close();
    const asked = new Set<string>();
    simulation.network.dropPacket = (from, to) => {
      if (isTo(to, dead!)) asked.add(from.address);
      return false;
    };
    const took = simulation.until(() => seen.every((events) => events.includes('leave n5 failed')), 30_000);
    expect(took).toBeGreaterThan(4_000);
    expect(took).toBeLessThan(12_000);
    expect(seen.every((events) => events.indexOf('suspect n5') < events.indexOf('leave n5 failed'))).toBe(true);
    expect(membersThen).toEqual(Array(4).fill(['n1', 'n2', 'n3', 'n4', 'n5']));
    expect(asked.size).toBe(4);
    expect(others.map(memberNames)).toEqual(Array(4).fill(['n1', 'n2', 'n3', 'n4']));
  });

  it('the helpers answered that they hear nothing – who asked them is not to blame', async () => {
    const simulation = new Simulation({ seed: 5 });
    const nodes = await simulation.cluster(5);
    simulation.clock.advance(2_000);
    await nodes[4]!.close();
    const scores = new Set<number>();
    const isDead = simulation.until(() => {
      for (const { healthScore } of nodes.slice(0, 4)) scores.add(healthScore);
      return nodes[0]!.node('n5')?.state === 'dead';
    }, 30_000);
    expect(isDead).toBeDefined();
    expect([...scores]).toEqual([0]);
  });

  it('nobody can be asked – who got no answer doubts itself', async () => {
    const simulation = new Simulation({ seed: 6 });
    const [a, b] = await simulation.cluster(2);
    await b!.close();
    const took = simulation.until(() => a!.healthScore > 0, 10_000);
    expect(took).toBeDefined();
  });

  it('helpers that are silent – count against who asked them', async () => {
    const simulation = new Simulation({ seed: 7 });
    const nodes = await simulation.cluster(5, { tcpPings: false });
    simulation.clock.advance(2_000);
    // The first node can send, but hears nothing.
    simulation.network.dropPacket = (_from, to) => isTo(to, nodes[0]!);
    expect(simulation.until(() => nodes[0]!.healthScore >= 3, 10_000)).toBeDefined();
  });

  it('a node that was in doubt of itself – gets better with each answer', async () => {
    const simulation = new Simulation({ seed: 22 });
    const nodes = await simulation.cluster(4, { tcpPings: false });
    simulation.clock.advance(2_000);
    simulation.network.dropPacket = (_from, to) => isTo(to, nodes[0]!);
    simulation.until(() => nodes[0]!.healthScore >= 2, 20_000);
    simulation.network.dropPacket = () => false;
    const scores: number[] = [];
    simulation.until(() => {
      if (scores.at(-1) !== nodes[0]!.healthScore) scores.push(nodes[0]!.healthScore);
      return nodes[0]!.healthScore === 0;
    }, 60_000);
    expect(scores.length).toBeGreaterThan(2);
    expect(scores.at(-1)).toBe(0);
  });

  it('dead nodes – are kept for a while, then forgotten', async () => {
    const simulation = new Simulation({ seed: 8 });
    const [a, b] = await simulation.cluster(3, { gossipToTheDeadMs: 5_000, rejoinIntervalMs: 0 });
    await b!.close();
    simulation.until(() => a!.node('n2')?.state === 'dead', 60_000);
    simulation.clock.advance(4_000);
    expect(a!.node('n2')?.state).toBe('dead');
    simulation.clock.advance(10_000);
    expect(a!.node('n2')).toBeUndefined();
  });
});

describe('gossip to the dead', () => {
  it('the dead – get gossip for a while, then no more', async () => {
    const simulation = new Simulation({ seed: 20 });
    const nodes = await simulation.cluster(4, { gossipToTheDeadMs: 5_000, rejoinIntervalMs: 0 });
    simulation.clock.advance(2_000);
    const [a, , , dead] = nodes;
    await dead!.close();
    simulation.until(() => nodes.slice(0, 3).every((node) => node.node('n4')?.state === 'dead'), 60_000);
    let packets = 0;
    simulation.network.dropPacket = (_from, to) => {
      if (isTo(to, dead!)) packets++;
      return false;
    };
    a!.setWeight(2);
    simulation.clock.advance(2_000);
    expect(packets).toBeGreaterThan(0);
    simulation.clock.advance(6_000);
    packets = 0;
    a!.setWeight(3);
    simulation.clock.advance(2_000);
    expect(packets).toBe(0);
  });
});

describe('UDP is blocked, TCP is not', () => {
  it('a node that understands protocol 2 only – is not pinged over TCP', async () => {
    const simulation = new Simulation({ seed: 21 });
    const a = await simulation.node();
    const { transport } = simulation.network.host();
    let connections = 0;
    const old = await transport(
      { address: '10.7.7.7', port: 7946 },
      {
        onPacket() {},
        onConnection: () => {
          connections++;
        },
        onSendError() {},
      },
    );
    const vsn = Uint8Array.of(1, 2, 2, 0, 0, 0);
    const addr = Uint8Array.of(10, 7, 7, 7);
    old.send(encodeAlive({ node: 'old', incarnation: 1, addr, port: 7946, meta: null, vsn }), a.bound);
    simulation.until(() => a.node('old')?.state === 'suspect', 10_000);
    expect([a.node('old')!.state, connections]).toEqual(['suspect', 0]);
  });

  it('probing over TCP – keeps the node alive, and says what is wrong', async () => {
    const simulation = new Simulation({ seed: 9 });
    const [a, b] = await simulation.cluster(2);
    const seen = watching(a!);
    simulation.network.dropPacket = (from, to) => isTo(to, b!) || isTo(from, b!);
    simulation.clock.advance(30_000);
    expect(seen).toEqual(['warning UDP_UNREACHABLE']);
    expect(memberNames(a!)).toEqual(['n1', 'n2']);
  });

  it('switched off, for all or for one – the node is suspected', async () => {
    for (const tcpPings of [false, (name: string) => name !== 'n2']) {
      const simulation = new Simulation({ seed: 10 });
      const [a, b] = await simulation.cluster(2, { tcpPings });
      const seen = watching(a!);
      simulation.network.dropPacket = (from, to) => isTo(to, b!) || isTo(from, b!);
      simulation.clock.advance(5_000);
      expect(seen).toEqual(['suspect n2']);
    }
  });

  it('only between two of four – helpers keep the node alive', async () => {
    const simulation = new Simulation({ seed: 11 });
    const nodes = await simulation.cluster(4, { tcpPings: false });
    simulation.clock.advance(2_000);
    const seen = nodes.map(watching);
    const [a, b] = nodes;
    simulation.network.dropPacket = (from, to) => (isTo(to, b!) && isTo(from, a!)) || (isTo(to, a!) && isTo(from, b!));
    simulation.clock.advance(60_000);
    expect(seen.flat()).toEqual([]);
  });
});

describe('a wrong address', () => {
  it('others cannot reach a node at what it advertises – it is told so, with the likely cause', async () => {
    const simulation = new Simulation({ seed: 30 });
    const nodes = await simulation.cluster(4, { tcpPings: false });
    simulation.clock.advance(2_000);
    const warnings: string[] = [];
    nodes[3]!.on('warning', ({ code, message }) => warnings.push(`${code} ${message}`));
    // It hears gossip now and then, and is heard, but answers to pings do not get through.
    let packets = 0;
    simulation.network.dropPacket = (_from, to) => isTo(to, nodes[3]!) && packets++ % 4 !== 0;
    simulation.clock.advance(120_000);
    expect(warnings.find((text) => text.startsWith('NOT_HEARD'))).toMatch(/10\.0\.0\.4:7946 .*set advertise.*firewall/);
  });
});

describe('a process that is stopped for a while', () => {
  it('shorter than the time to object – is suspected, and objects when it goes on; it accuses nobody', async () => {
    const simulation = new Simulation({ seed: 12 });
    const nodes = await simulation.cluster(6);
    simulation.clock.advance(3_000);
    const seen = nodes.map(watching);
    simulation.network.pause(nodes[2]!.bound);
    simulation.clock.advance(4_000);
    simulation.network.resume(nodes[2]!.bound);
    simulation.clock.advance(60_000);
    expect(seen[0]).toEqual(['suspect n3', 'alive n3']);
    expect(seen[2]!.filter((event) => event.startsWith('suspect') || event.startsWith('leave'))).toEqual([]);
    expect(seen[2]).toContain('warning EVENT_LOOP_LAG');
  });

  it('longer – is declared dead, and comes back by itself', async () => {
    const simulation = new Simulation({ seed: 13 });
    const nodes = await simulation.cluster(4, { rejoinIntervalMs: 5_000 });
    simulation.clock.advance(3_000);
    const seen = watching(nodes[0]!);
    simulation.network.pause(nodes[1]!.bound);
    simulation.until(() => seen.includes('leave n2 failed'), 60_000);
    simulation.network.resume(nodes[1]!.bound);
    const back = simulation.until(() => seen.includes('join n2'), 60_000);
    expect(back).toBeDefined();
    simulation.clock.advance(20_000);
    expect(nodes.map(memberNames)).toEqual(Array(4).fill(['n1', 'n2', 'n3', 'n4']));
  });
});
