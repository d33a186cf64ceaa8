import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../src/config.ts';
import type { Warning } from '../src/events.ts';
import type { Memberlist } from '../src/memberlist.ts';
import type { MemberlistOptions } from '../src/options.ts';
import { Simulation } from '../src/simulation/index.ts';
import { encodeAlive, encodePushPull } from '../src/wire/messages.ts';
import { sealPacket } from '../src/wire/packet.ts';
import { sealStream } from '../src/wire/stream.ts';
import { aliveMessage } from './membership-rig.ts';
import { simulatedPeer } from './simulated-peer.ts';
import { joinAddress } from './watching.ts';

const key = (fill: number) => new Uint8Array(16).fill(fill);
const CLUSTER: [string, MemberlistOptions, MemberlistOptions, RegExp][] = [
  ['another label', { label: 'blue' }, { label: 'green' }, /belongs to another cluster, or its label/],
  ['no label', { label: 'blue' }, {}, /belongs to another cluster, or its label/],
  ['a label where there is none', {}, { label: 'blue' }, /belongs to another cluster, or its label/],
  ['another key', { keys: [key(1)] }, { keys: [key(2)] }, /its key is another one, or it does not encrypt/],
  ['no key', { keys: [key(1)] }, {}, /it does not encrypt, and this node does/],
];

function warningsOf(node: Memberlist): Warning[] {
  const warnings: Warning[] = [];
  node.on('warning', (warning) => warnings.push(warning));
  return warnings;
}

describe('what is warned of', () => {
  it.each(CLUSTER)('a packet with %s – where it comes from, and the likely cause', async (_, here, there, cause) => {
    const simulation = new Simulation({ seed: 1 });
    const node = await simulation.node(here);
    const warnings = warningsOf(node);
    const peer = await simulatedPeer(simulation, '10.7.7.7');
    const packet = sealPacket(encodeAlive(aliveMessage('x', 1)), resolveConfig(there), false);
    peer.send(packet, node);
    simulation.clock.advance(10);
    expect(warnings).toEqual([
      {
        code: 'PACKET_REJECTED',
        about: expect.stringMatching(/^10\.7\.7\.7 /),
        message: expect.stringMatching(/^a packet from 10\.7\.7\.7:7946 is ignored: /),
      },
    ]);
    expect(warnings[0]!.message).toMatch(cause);
  });

  it.each(CLUSTER)('a connection with %s – where it comes from', async (_, here, there) => {
    const simulation = new Simulation({ seed: 2 });
    const node = await simulation.node(here);
    const warnings = warningsOf(node);
    const stranger = await simulation.node(there);
    await expect(simulation.clock.settle(stranger.join(joinAddress(node)))).rejects.toMatchObject({
      code: 'JOIN_FAILED',
    });
    expect(warnings).toEqual([
      {
        code: 'STREAM_REJECTED',
        about: expect.stringMatching(/^10\.0\.0\.2 /),
        message: expect.stringMatching(/^a connection of 10\.0\.0\.2:7946 is refused: /),
      },
    ]);
  });

  it('two nodes with one name – both addresses', async () => {
    const simulation = new Simulation({ seed: 3 });
    const [a, b] = await simulation.cluster(2);
    const warnings = warningsOf(a!);
    const conflicts: string[] = [];
    a!.on('conflict', (existing, other) => conflicts.push(`${existing.address} ${other.address}`));
    const double = await simulation.node({ name: 'n2' });
    await simulation.clock.settle(double.join(joinAddress(a!)));
    expect(conflicts).toContain('10.0.0.2 10.0.0.3');
    expect(warnings).toEqual([
      {
        code: 'NAME_CONFLICT',
        about: 'n2',
        message: '10.0.0.3:7946 claims the name "n2" of 10.0.0.2:7946: give each node a name of its own',
      },
    ]);
    expect(a!.node('n2')!.address).toBe(b!.bound.address);
  });

  it('versions that do not meet – which node, and which versions', async () => {
    const simulation = new Simulation({ seed: 4 });
    const a = await simulation.node();
    const warnings = warningsOf(a);
    const b = await simulation.node({ delegateVersions: { min: 3, max: 4, current: 3 } });
    await simulation.clock.settle(b.join(joinAddress(a))).catch(() => {});
    simulation.clock.advance(10);
    expect(warnings).toEqual([
      { code: 'INCOMPATIBLE_PROTOCOL', message: expect.stringMatching(/^Node 'n\d' delegate protocol version/) },
    ]);
  });

  it('the same again – once a minute', async () => {
    const simulation = new Simulation({ seed: 5 });
    const node = await simulation.node();
    const warnings = warningsOf(node);
    const peer = await simulatedPeer(simulation, '10.7.7.7');
    for (let second = 0; second < 125; second++) {
      peer.send(Buffer.from([99]), node);
      simulation.clock.advance(1_000);
    }
    expect(warnings).toHaveLength(3);
    expect(node.stats().counters['packets.rejected']).toBe(125);
  });
});

describe('too many at once', () => {
  it('128 unfinished messages – the next is closed, and those that end make room', async () => {
    const simulation = new Simulation({ seed: 6 });
    const node = await simulation.node({ tcpTimeoutMs: 5_000 });
    const caller = await simulation.network
      .host()
      .transport({ address: '10.7.7.7', port: 7946 }, { onPacket() {}, onConnection() {}, onSendError() {} });
    const message = sealStream(
      encodePushPull({ join: false, nodes: [], userState: Buffer.alloc(0) }),
      resolveConfig({ compression: false }),
      'dialler',
    );
    const call = (bytes: Buffer) => {
      const connection = caller.dial(node.bound);
      const outcome = { answered: false, closed: false };
      connection.listen({
        onData() {
          outcome.answered = true;
        },
        onClose() {
          outcome.closed = true;
        },
      });
      connection.write(bytes);
      simulation.clock.advance(5);
      return outcome;
    };
    const unfinished = Array.from({ length: 128 }, () => call(message.subarray(0, 5)));
    expect(unfinished.filter(({ closed }) => closed)).toHaveLength(0);
    expect(call(message.subarray(0, 5))).toEqual({ answered: false, closed: true });
    // Who says all at once needs no room.
    expect(call(message)).toEqual({ answered: true, closed: true });
    simulation.clock.advance(6_000);
    expect(unfinished.every(({ closed }) => closed)).toBe(true);
    expect(call(message.subarray(0, 5))).toEqual({ answered: false, closed: false });
  });
});
