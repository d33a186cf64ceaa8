import { describe, expect, it } from 'vitest';
import type { Node } from '../src/node.ts';
import { pushPullScale } from '../src/protocol/anti-entropy.ts';
import { Simulation } from '../src/simulation/index.ts';
import { joinAddress, memberNames, watching } from './watching.ts';

describe('pushPullScale', () => {
  it.each([
    [0, 1],
    [32, 1],
    [33, 2],
    [64, 2],
    [65, 3],
    [128, 3],
  ])('%i nodes – %i times the interval', (nodes, times) => {
    expect(pushPullScale(1000, nodes)).toBe(1000 * times);
  });
});

describe('joining', () => {
  it('a node – both know each other at once, with versions and metadata', async () => {
    const simulation = new Simulation({ seed: 1 });
    const delegateVersions = { min: 0, max: 3, current: 1 };
    const a = await simulation.node({ meta: 'web', delegateVersions });
    const b = await simulation.node({ meta: 'lb', delegateVersions });
    expect(await simulation.clock.settle(b.join(joinAddress(a)))).toMatchObject({ joined: [a.bound], errors: [] });
    expect(memberNames(b)).toEqual(['n1', 'n2']);
    simulation.clock.advance(10);
    const seen = a.node('n2')!;
    expect([Buffer.from(seen.meta).toString(), seen.state, seen.protocol, seen.delegate]).toEqual([
      'lb',
      'alive',
      { min: 1, max: 5, current: 2 },
      { min: 0, max: 3, current: 1 },
    ]);
  });

  it('thirty nodes – soon all know all', async () => {
    const simulation = new Simulation({ seed: 2 });
    const nodes = await simulation.cluster(30);
    expect(simulation.until(() => nodes.every((node) => node.members().length === 30), 5_000)).toBeDefined();
  });

  it('full exchanges alone, without gossip – bring all tables together', async () => {
    const simulation = new Simulation({ seed: 40 });
    const durations: number[] = [];
    const nodes = await simulation.cluster(6, {
      gossipNodes: 0,
      probeIntervalMs: 0,
      pushPullIntervalMs: 1_000,
      metrics: { sample: (name, value) => name === 'pushPullNode' && durations.push(value) },
    });
    expect(simulation.until(() => nodes.every((node) => node.members().length === 6), 30_000)).toBeGreaterThan(100);
    expect(durations.every((ms) => ms > 0)).toBe(true);
  });

  it('several addresses, some of them dead – the others are joined, and each failure has its reason', async () => {
    const simulation = new Simulation({ seed: 3 });
    const [a, b] = [await simulation.node(), await simulation.node()];
    const result = await simulation.clock.settle(b.join(['10.9.9.9:1', joinAddress(a), 'n1/10.9.9.8']));
    expect(result.joined).toEqual([a.bound]);
    expect(result.errors.map(({ message }) => message).toSorted()).toEqual([
      'cannot reach 10.9.9.8:7946 over TCP: connect ECONNREFUSED',
      'cannot reach 10.9.9.9:1 over TCP: connect ECONNREFUSED',
    ]);
  });

  it('nobody is there – an error with all reasons', async () => {
    const simulation = new Simulation({ seed: 4 });
    const a = await simulation.node();
    await expect(simulation.clock.settle(a.join(['10.9.9.9', '10.9.9.8']))).rejects.toMatchObject({
      code: 'JOIN_FAILED',
      errors: [{ code: 'UNREACHABLE' }, { code: 'UNREACHABLE' }],
    });
  });

  it('someone takes the connection and says nothing – the time limit holds', async () => {
    const simulation = new Simulation({ seed: 5 });
    const a = await simulation.node({ tcpTimeoutMs: 50 });
    const { transport } = simulation.network.host();
    const silent = { address: '10.7.7.7', port: 7946 };
    await transport(silent, {
      onPacket() {},
      onConnection: (connection) => connection.listen({ onData() {}, onClose() {} }),
      onSendError() {},
    });
    const before = simulation.clock.now();
    await expect(simulation.clock.settle(a.join('10.7.7.7'))).rejects.toThrow(
      '10.7.7.7:7946 did not answer within 50 ms',
    );
    expect(simulation.clock.now() - before).toBeCloseTo(50);
  });

  it('cancelled – at once, and nothing is left running', async () => {
    const simulation = new Simulation({ seed: 6 });
    const a = await simulation.node({
      probeIntervalMs: 0,
      gossipIntervalMs: 0,
      pushPullIntervalMs: 0,
      rejoinIntervalMs: 0,
    });
    const { transport } = simulation.network.host();
    await transport(
      { address: '10.7.7.7', port: 7946 },
      {
        onPacket() {},
        onConnection: (connection) => connection.listen({ onData() {}, onClose() {} }),
        onSendError() {},
      },
    );
    const controller = new AbortController();
    const joining = a.join('10.7.7.7', { signal: controller.signal });
    joining.catch(() => {});
    simulation.clock.after(20, () => controller.abort());
    await expect(simulation.clock.settle(joining, 1_000)).rejects.toMatchObject({ code: 'ABORTED' });
    simulation.clock.advance(100);
    expect(simulation.clock.pending).toBe(0);
  });

  it('a name is asked for with the address, and missing – refused', async () => {
    const simulation = new Simulation({ seed: 7 });
    const a = await simulation.node({ requireNodeNames: true });
    await expect(simulation.clock.settle(a.join('10.0.0.1:1'))).rejects.toThrow(
      'requireNodeNames is set: write name/10.0.0.1:1',
    );
  });

  it('the delegate of either side refuses – nobody is taken over there', async () => {
    const simulation = new Simulation({ seed: 8 });
    const peers: (readonly Node[])[] = [];
    const beforeMerge = (nodes: readonly Node[]) => {
      peers.push(nodes);
      throw new Error('not today');
    };
    const a = await simulation.node({ delegate: { beforeMerge }, gossipNodes: 0 });
    const b = await simulation.node({ delegate: { beforeMerge }, gossipNodes: 0 });
    await expect(simulation.clock.settle(b.join(joinAddress(a)))).rejects.toThrow('the join is refused: not today');
    simulation.clock.advance(100);
    expect(peers.map((nodes) => nodes.map(({ name, state }) => `${name} ${state}`)).toSorted()).toEqual([
      ['n1 alive'],
      ['n2 alive'],
    ]);
    expect([memberNames(a), memberNames(b)]).toEqual([['n1'], ['n2']]);
  });

  it('delegate versions that do not meet – refused, and it is said which', async () => {
    const simulation = new Simulation({ seed: 9 });
    const a = await simulation.node({ delegateVersions: { min: 2, max: 3, current: 2 } });
    const b = await simulation.node({ delegateVersions: { min: 0, max: 1, current: 1 } });
    await expect(simulation.clock.settle(b.join(joinAddress(a)))).rejects.toThrow(
      /Node 'n[12]' delegate protocol version \(\d\) is incompatible: \[2, 1\]/,
    );
  });

  it.each([
    [1, 2],
    [2, 1],
    [3, 2],
    [2, 3],
    [5, 1],
  ])('protocol %i joins protocol %i – works', async (one, other) => {
    const simulation = new Simulation({ seed: 10 });
    const a = await simulation.node({ protocol: one });
    const b = await simulation.node({ protocol: other });
    await simulation.clock.settle(b.join(joinAddress(a)));
    simulation.clock.advance(1_000);
    expect([memberNames(a), memberNames(b)]).toEqual([
      ['n1', 'n2'],
      ['n1', 'n2'],
    ]);
  });
});

describe('labels and keys', () => {
  const key = (fill: number) => new Uint8Array(16).fill(fill);

  it('the same – join; another label – closed without an answer, with the likely cause', async () => {
    const simulation = new Simulation({ seed: 11 });
    const a = await simulation.node({ label: 'blue', keys: [key(1)] });
    const b = await simulation.node({ label: 'blue', keys: [key(1)] });
    const stranger = await simulation.node({ label: 'green', keys: [key(1)] });
    const plain = await simulation.node();
    await simulation.clock.settle(b.join(joinAddress(a)));
    const refused = watching(a);
    await expect(simulation.clock.settle(stranger.join(joinAddress(a)))).rejects.toThrow(
      'most likely its label is not "green"',
    );
    await expect(simulation.clock.settle(plain.join(joinAddress(a)))).rejects.toThrow(
      'most likely its label is not empty',
    );
    expect([memberNames(a), memberNames(stranger)]).toEqual([['n1', 'n2'], ['n3']]);
    expect(refused).toContain('warning STREAM_REJECTED');
  });

  it.each([
    ['another key', { keys: [key(2)] }, /(?:no installed keys could decrypt|the keys of both nodes must be the same)/],
    ['no key', {}, /encrypt/],
  ])('%s – the joiner is told so', async (_, options, message) => {
    const simulation = new Simulation({ seed: 12 });
    const a = await simulation.node({ keys: [key(1)] });
    const b = await simulation.node(options);
    const joining = simulation.clock.settle(b.join(joinAddress(a)));
    await expect(joining).rejects.toMatchObject({
      errors: [{ code: 'WRONG_KEY', message: expect.stringMatching(message) }],
    });
    expect(memberNames(a)).toEqual(['n1']);
  });

  it('keys changed while running – nobody notices', async () => {
    const simulation = new Simulation({ seed: 13 });
    const nodes = await simulation.cluster(4, { keys: [key(1)] });
    simulation.clock.advance(2_000);
    const seen = nodes.map(watching);
    for (const change of [
      (node: (typeof nodes)[number]) => node.keyring.add(key(2)),
      (node: (typeof nodes)[number]) => node.keyring.use(key(2)),
      (node: (typeof nodes)[number]) => node.keyring.remove(key(1)),
    ]) {
      for (const node of nodes) {
        change(node);
        simulation.clock.advance(3_000);
      }
    }
    nodes[0]!.broadcast('still here');
    simulation.clock.advance(3_000);
    expect(seen.flat().toSorted()).toEqual(['broadcast still here', 'broadcast still here', 'broadcast still here']);
  });

  it('packets of strangers – are counted, and told once, not each time', async () => {
    const simulation = new Simulation({ seed: 14 });
    const [a, b] = [await simulation.node({ keys: [key(1)] }), await simulation.node({ keys: [key(2)] })];
    const seen = watching(a);
    const { transport } = simulation.network.host();
    const stranger = await transport(
      { address: '10.6.6.6', port: 1 },
      { onPacket() {}, onConnection() {}, onSendError() {} },
    );
    for (let i = 0; i < 20; i++) stranger.send(Buffer.from('nonsense that is long enough to be a packet'), a.bound);
    simulation.clock.advance(100);
    expect(seen).toEqual(['warning PACKET_REJECTED']);
    expect([a.stats().counters['packets.rejected'], b.stats().counters['packets.rejected']]).toEqual([20, undefined]);
  });
});

describe('metadata and messages', () => {
  it('updateMeta – reaches all, and the call waits for the gossip', async () => {
    const simulation = new Simulation({ seed: 15 });
    const nodes = await simulation.cluster(4, { meta: 'one' });
    simulation.clock.advance(2_000);
    const seen = watching(nodes[3]!);
    await simulation.clock.settle(nodes[0]!.updateMeta('two'));
    expect(seen).toEqual(['update n1 meta']);
    expect(nodes.map((node) => Buffer.from(node.node('n1')!.meta).toString())).toEqual(Array(4).fill('two'));
    await expect(nodes[0]!.updateMeta('x'.repeat(513))).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  it('a restart with other metadata, at the same address – is seen as an update', async () => {
    const simulation = new Simulation({ seed: 16 });
    const [a, b] = await simulation.cluster(2, { meta: 'first' });
    const bind = b!.bound;
    await b!.close();
    const again = await simulation.node({ name: 'n2', bind, meta: 'second' });
    await simulation.clock.settle(again.join(joinAddress(a!)));
    simulation.clock.advance(5_000);
    expect(Buffer.from(a!.node('n2')!.meta).toString()).toBe('second');
    expect(a!.node('n2')!.state).toBe('alive');
  });

  it('to one node – over UDP and TCP, also 1 MB; to nobody – an error', async () => {
    const simulation = new Simulation({ seed: 17 });
    const [a, b] = await simulation.cluster(2);
    const seen = watching(b!);
    a!.send('n2', 'by packet');
    await simulation.clock.settle(a!.sendReliable(a!.node('n2')!, 'by stream'));
    const large = Buffer.alloc(1_000_000, 'x');
    await simulation.clock.settle(a!.sendReliable('n2', large));
    simulation.clock.advance(10);
    expect(seen.map((text) => text.slice(0, 20)).toSorted()).toEqual([
      'packet by packet',
      'stream by stream',
      'stream xxxxxxxxxxxxx',
    ]);
    expect(() => a!.send('nobody', 'x')).toThrowError(expect.objectContaining({ code: 'UNKNOWN_NODE' }));
    expect(() => a!.send('n2', large)).toThrowError(expect.objectContaining({ code: 'TOO_LARGE' }));
  });

  it('over TCP, and nobody takes it – an error after the time limit, or at once', async () => {
    const simulation = new Simulation({ seed: 43 });
    const [a, b] = await simulation.cluster(2, { tcpTimeoutMs: 500, probeIntervalMs: 0 });
    simulation.clock.advance(1_000);
    simulation.network.pause(b!.bound);
    await expect(simulation.clock.settle(a!.sendReliable('n2', 'x'))).rejects.toMatchObject({ code: 'TIMEOUT' });
    await b!.close();
    await expect(simulation.clock.settle(a!.sendReliable('n2', 'x'))).rejects.toMatchObject({ code: 'UNREACHABLE' });
  });

  it("the application's own gossip, and its state with each exchange – arrive", async () => {
    const simulation = new Simulation({ seed: 18 });
    const states: string[] = [];
    const waiting = Array.from({ length: 256 }, (_, i) => Buffer.from(`message ${i}`));
    const a = await simulation.node({
      delegate: {
        localState: (join) => Buffer.from(`state of a, join ${join}`),
        broadcasts(overhead, limit) {
          const taken: Buffer[] = [];
          for (let left = limit; waiting.length > 0 && waiting[0]!.length + overhead <= left; ) {
            left -= waiting[0]!.length + overhead;
            taken.push(waiting.shift()!);
          }
          return taken;
        },
      },
    });
    const b = await simulation.node({
      delegate: { mergeRemoteState: (state, join) => states.push(`${Buffer.from(state)}/${join}`) },
    });
    const seen = watching(b);
    await simulation.clock.settle(b.join(joinAddress(a)));
    expect(states).toEqual(['state of a, join true/true']);
    simulation.until(() => waiting.length === 0, 30_000);
    simulation.clock.advance(10);
    const messages = seen.filter((event) => event.startsWith('packet'));
    expect(messages).toHaveLength(256);
    expect(new Set(messages).size).toBe(256);
  });

  it('a listener that throws – the node goes on, and the fault is seen', async () => {
    const simulation = new Simulation({ seed: 19 });
    const a = await simulation.node();
    a.on('join', () => {
      throw new Error('fault of the application');
    });
    const faults: unknown[] = [];
    const catchIt = (error: unknown) => faults.push(error);
    const before = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', catchIt);
    try {
      const b = await simulation.node();
      await simulation.clock.settle(b.join(joinAddress(a)));
      simulation.clock.advance(1_000);
      await new Promise(setImmediate);
      expect(memberNames(a)).toEqual(['n1', 'n2']);
      expect(faults).toEqual([expect.objectContaining({ message: 'fault of the application' })]);
    } finally {
      process.removeListener('uncaughtException', catchIt);
      for (const listener of before) process.on('uncaughtException', listener);
    }
  });
});

describe('leaving and closing', () => {
  it('leave – the others know it left; join – it comes back, on the same instance', async () => {
    const simulation = new Simulation({ seed: 20 });
    const [a, b, c] = await simulation.cluster(3);
    simulation.clock.advance(2_000);
    const seen = watching(a!);
    await simulation.clock.settle(b!.leave());
    simulation.clock.advance(1_000);
    expect(seen).toEqual(['leave n2 left']);
    expect([a!.node('n2')!.state, c!.node('n2')!.state, b!.self!.state]).toEqual(['left', 'left', 'left']);
    await b!.leave();
    await simulation.clock.settle(b!.join(joinAddress(c!)));
    simulation.clock.advance(2_000);
    expect(seen).toEqual(['leave n2 left', 'join n2']);
    expect([a, b, c].map((node) => memberNames(node!))).toEqual(Array(3).fill(['n1', 'n2', 'n3']));
  });

  it('left, and a new node takes the name at another address – is let in at once', async () => {
    const simulation = new Simulation({ seed: 21 });
    const [a, b] = await simulation.cluster(3);
    simulation.clock.advance(2_000);
    await simulation.clock.settle(b!.leave());
    await b!.close();
    const successor = await simulation.node({ name: 'n2', meta: 'new' });
    await simulation.clock.settle(successor.join(joinAddress(a!)));
    simulation.clock.advance(1_000);
    expect(a!.node('n2')).toMatchObject({ address: successor.bound.address, state: 'alive' });
  });

  it('alone – leaving waits for nobody', async () => {
    const simulation = new Simulation({ seed: 22 });
    const a = await simulation.node();
    await a.leave();
    expect(a.self!.state).toBe('left');
  });

  it('gossip is too slow – leaving says so after its time limit', async () => {
    const simulation = new Simulation({ seed: 23 });
    const [a] = await simulation.cluster(2, { gossipIntervalMs: 0, probeIntervalMs: 0 });
    await expect(simulation.clock.settle(a!.leave({ timeoutMs: 100 }))).rejects.toThrow(
      'leave: the news was not gossiped within 100 ms',
    );
  });

  it('closed – everything says so; closing twice is allowed; no timer is left', async () => {
    const simulation = new Simulation({ seed: 24 });
    const nodes = await simulation.cluster(3);
    simulation.clock.advance(3_000);
    for (const node of nodes) await node.close();
    await nodes[0]!.close();
    const closed = expect.objectContaining({ code: 'CLOSED' });
    for (const call of [
      () => nodes[0]!.join('10.0.0.1'),
      () => nodes[0]!.leave(),
      () => nodes[0]!.updateMeta(''),
      () => nodes[0]!.sendReliable('n2', ''),
      () => nodes[0]!.ping('n2'),
    ]) {
      await expect(call()).rejects.toEqual(closed);
    }
    expect(() => nodes[0]!.broadcast('x')).toThrowError(closed);
    expect(() => nodes[0]!.send('n2', 'x')).toThrowError(closed);
    simulation.clock.advance(5_000);
    expect(simulation.clock.pending).toBe(0);
  });

  it('await using – leaves and closes', async () => {
    const simulation = new Simulation({ seed: 25 });
    const [a, b] = await simulation.cluster(2);
    simulation.clock.advance(1_000);
    await simulation.clock.settle(b![Symbol.asyncDispose]());
    expect(a!.node('n2')!.state).toBe('left');
    expect(() => b!.broadcast('x')).toThrow('this node is closed');
  });
});

describe('watch, stats, forget', () => {
  it('watch – the members first, then each change in order, until it is cancelled', async () => {
    const simulation = new Simulation({ seed: 26 });
    const [a, b] = await simulation.cluster(2);
    const controller = new AbortController();
    const changes: string[] = [];
    const watching = (async () => {
      for await (const { type, node } of a!.watch({ signal: controller.signal })) changes.push(`${type} ${node.name}`);
    })();
    await new Promise(setImmediate);
    await simulation.clock.settle(b!.updateMeta('x'));
    await simulation.clock.settle(b!.leave());
    await new Promise(setImmediate);
    controller.abort();
    await watching;
    expect(changes.slice(0, 2).toSorted()).toEqual(['join n1', 'join n2']);
    expect(changes.slice(2)).toEqual(['update n2', 'leave n2']);
    expect(a!.listenerCount('join')).toBe(0);
  });

  it('watch – ends when the node is closed, and has nothing to say of one that is', async () => {
    const simulation = new Simulation({ seed: 41 });
    const a = await simulation.node();
    const changes: string[] = [];
    const watching = (async () => {
      for await (const { type, node } of a.watch()) changes.push(`${type} ${node.name}`);
    })();
    await new Promise(setImmediate);
    await a.close();
    await watching;
    for await (const { type, node } of a.watch()) changes.push(`${type} ${node.name} again`);
    expect(changes).toEqual(['join n1']);
  });

  it('metrics – each number as it comes, with its name', async () => {
    const simulation = new Simulation({ seed: 42 });
    const counted: Record<string, number> = {};
    const sampled = new Set<string>();
    const metrics = {
      count: (name: string, value: number) => {
        counted[name] = (counted[name] ?? 0) + value;
      },
      sample: (name: string, value: number) => value >= 0 && sampled.add(name),
    };
    const a = await simulation.node({ metrics, pushPullIntervalMs: 1_000 });
    const b = await simulation.node();
    await simulation.clock.settle(b.join(joinAddress(a)));
    simulation.clock.advance(5_000);
    expect([...sampled].toSorted()).toEqual([
      'gossip',
      'loopLag',
      'probeNode',
      'pushPullNode',
      'size.local',
      'size.remote',
    ]);
    expect(a.stats().counters).toEqual(counted);
  });

  it('stats – count what happened', async () => {
    const simulation = new Simulation({ seed: 27 });
    const [a] = await simulation.cluster(2);
    expect(a!.stats().queuedBroadcasts).toBeGreaterThan(0);
    simulation.clock.advance(5_000);
    expect(a!.stats()).toMatchObject({
      nodes: { alive: 2, dead: 0 },
      queuedBroadcasts: 0,
      healthScore: 0,
      encrypted: false,
      counters: { 'tcp.accept': expect.any(Number), 'packets.sent': expect.any(Number) },
    });
  });

  it('forget – drops a dead node, not a living one', async () => {
    const simulation = new Simulation({ seed: 28 });
    const [a, b] = await simulation.cluster(2);
    expect(a!.forget('n2')).toBe(false);
    await b!.close();
    simulation.until(() => a!.node('n2')?.state === 'dead', 60_000);
    expect([a!.forget('n2'), a!.node('n2'), a!.forget('n2')]).toEqual([true, undefined, false]);
  });
});
