import { describe, expect, it } from 'vitest';
import type { MemberlistOptions } from '../src/options.ts';
import { Simulation } from '../src/simulation/index.ts';
import type { Transport } from '../src/transport/transport.ts';
import { MessageType } from '../src/wire/message-types.ts';
import { decodePing, decodeSuspect, encodeSuspect } from '../src/wire/messages.ts';
import { simulatedPeer } from './simulated-peer.ts';
import { watching } from './watching.ts';

/** Nothing but probes. */
const PROBES_ONLY: MemberlistOptions = { gossipNodes: 0, pushPullIntervalMs: 0, rejoinIntervalMs: 0, tcpPings: false };

describe('the health score', () => {
  it('1 – a probe takes twice as long before it accuses', async () => {
    for (const [score, least, most] of [
      [0, 990, 1_010],
      [1, 1_990, 2_010],
    ] as const) {
      const simulation = new Simulation({ seed: 3 });
      const node = await simulation.node(PROBES_ONLY);
      const peer = await simulatedPeer(simulation, '10.7.7.7');
      peer.answers = false;
      // Having to object once costs a point.
      if (score === 1) peer.send(encodeSuspect({ node: 'n1', incarnation: 1, from: 'x' }), node);
      peer.announce('peer', node);
      expect(node.healthScore).toBe(score);
      const isPinged = () => peer.packets.flat().some(({ type }) => type === MessageType.ping);
      simulation.until(isPinged, 10_000, 1);
      const took = simulation.until(() => node.node('peer')!.state === 'suspect', 10_000, 1);
      expect(took).toBeGreaterThan(least);
      expect(took).toBeLessThan(most);
    }
  });

  it('helpers that cannot say that they heard nothing – are not waited for, and who asked doubts itself', async () => {
    const simulation = new Simulation({ seed: 4 });
    const node = await simulation.node(PROBES_ONLY);
    const silent = await simulatedPeer(simulation, '10.7.7.1');
    silent.answers = false;
    const helper = await simulatedPeer(simulation, '10.7.7.2');
    silent.announce('silent', node);
    helper.announce('helper', node, 3);
    let scoreThen: number | undefined;
    node.on('suspect', () => {
      scoreThen = node.healthScore;
    });
    simulation.until(() => scoreThen !== undefined, 10_000);
    expect(helper.packets.flat().some(({ type }) => type === MessageType.indirectPing)).toBe(true);
    expect(scoreThen).toBe(1);
  });
});

describe('a suspect', () => {
  it('is told of the accusation in the packet of the next ping', async () => {
    const simulation = new Simulation({ seed: 5 });
    const node = await simulation.node(PROBES_ONLY);
    const peer = await simulatedPeer(simulation, '10.7.7.7');
    // With others there, the suspicion lasts longer than it takes to probe again.
    for (const i of [1, 2, 3]) (await simulatedPeer(simulation, `10.7.7.${i}`)).announce(`peer-${i}`, node);
    peer.announce('accused', node);
    peer.send(encodeSuspect({ node: 'accused', incarnation: 1, from: 'x' }), node);
    simulation.clock.advance(2);
    expect(node.node('accused')!.state).toBe('suspect');
    simulation.until(() => peer.packets.length > 0, 10_000);
    const [ping, accusation] = peer.packets[0]!;
    expect(decodePing(ping!.message)).toMatchObject({ node: 'accused', sourceNode: 'n1' });
    expect(decodeSuspect(accusation!.message)).toMatchObject({ node: 'accused', incarnation: 1, from: 'n1' });
  });
});

describe('a ping that this machine cannot send', () => {
  /** Packets to one address fail with this code. */
  const failing =
    (address: string, code: string) =>
    (transport: Transport): Transport => ({
      ...transport,
      send(packet, to, onError) {
        if (to.address === address) onError?.(Object.assign(new Error(`send ${code}`), { code }));
        else transport.send(packet, to);
      },
    });

  async function cluster(code: string) {
    const simulation = new Simulation({ seed: 6 });
    const { clock, transport } = simulation.network.host();
    const wrap = failing('10.7.7.7', code);
    const node = await simulation.node({
      ...PROBES_ONLY,
      clock,
      transport: async (bind, handlers) => wrap(await transport(bind, handlers)),
    });
    const peer = await simulatedPeer(simulation, '10.7.7.7');
    peer.announce('peer', node);
    return { simulation, node, seen: watching(node) };
  }

  it('by its own fault – says nothing of the other node', async () => {
    const { simulation, node, seen } = await cluster('EPERM');
    simulation.clock.advance(10_000);
    expect([seen, node.healthScore]).toEqual([[], 0]);
  });

  it('for the way there is broken – the node is suspected, though not by that alone', async () => {
    const { simulation, seen } = await cluster('EHOSTUNREACH');
    expect(simulation.until(() => seen.includes('suspect peer'), 5_000)).toBeGreaterThan(900);
  });

  it('for the way there is broken, but a helper reaches it – nobody is accused', async () => {
    const { simulation, node, seen } = await cluster('EHOSTUNREACH');
    const helper = await simulation.node(PROBES_ONLY);
    await simulation.clock.settle(helper.join(`${node.bound.address}:7946`));
    simulation.clock.advance(30_000);
    expect(seen).toEqual(['join n2']);
  });
});
