import { Simulation } from 'gossip-memberlist/simulation';
import { describe, expect, it } from 'vitest';
import { createMemberlistDriver, Discovery } from '../src/index.ts';

const service = (name: string, port: number, more = {}) => ({
  service: name,
  port,
  version: '1',
  startedAt: 1,
  ...more,
});

/** Clusters of gossip nodes in memory, each with a discovery of its own. */
async function cluster(count: number) {
  const simulation = new Simulation({ seed: 1 });
  const nodes = await simulation.cluster(count, { deadNodeReclaimMs: 1_000 });
  const all = nodes.map((node) => new Discovery([createMemberlistDriver(node)]));
  await Promise.all(all.map((discovery) => discovery.ready()));
  /** Time passes until something holds; promises go on meanwhile. */
  const until = async (condition: () => boolean, limitMs = 60_000) => {
    for (let passed = 0; !condition(); passed += 50) {
      if (passed > limitMs) throw new Error('it did not come to hold');
      simulation.clock.advance(50);
      await new Promise(setImmediate);
    }
  };
  return { simulation, nodes, all, until };
}

const urls = (discovery: Discovery, name: string) => discovery.instances(name).map(({ baseUrl }) => baseUrl);

describe('services over gossip', () => {
  it('two services on one node, one on another – all know all of them', async () => {
    const { all, nodes, until } = await cluster(3);
    all[0]!.register(service('maker', 6064, { rootPath: '/make', weight: 3, zone: 'x', data: { cores: '2' } }));
    all[0]!.register(service('seg', 6063));
    all[1]!.register(service('seg', 6063));
    await until(() => all.every((discovery) => discovery.instances().length === 3));
    const [a, b] = nodes.map(({ bound }) => bound.address);
    expect(urls(all[2]!, 'seg')).toEqual([`http://${a}:6063`, `http://${b}:6063`]);
    expect(all[2]!.instances('maker')).toEqual([
      {
        id: 'n1/maker',
        service: 'maker',
        baseUrl: `http://${a}:6064/make`,
        version: '1',
        weight: 3,
        zone: 'x',
        startedAt: 1,
        status: 'up',
        data: { cores: '2' },
        mode: 'memberlist',
      },
    ]);
  });

  it('draining, another weight, removed – is seen as a change, and in the end as gone', async () => {
    const { all, until } = await cluster(2);
    const changes: string[] = [];
    all[1]!.on('change', (change, { id, status, weight }) => changes.push(`${change} ${id} ${status} ${weight}`));
    const entry = all[0]!.register(service('seg', 6063));
    await until(() => changes.length === 1);
    void entry.update({ weight: 2 });
    await until(() => changes.length === 2);
    void entry.update({ draining: true });
    await until(() => changes.length === 3);
    void entry.remove();
    await until(() => changes.length === 4);
    expect(changes).toEqual([
      'added n1/seg up 1',
      'changed n1/seg up 2',
      'changed n1/seg draining 2',
      'removed n1/seg draining 2',
    ]);
  });

  it('a node does not answer – suspect at once, then gone; one that leaves – draining and gone, without a suspicion', async () => {
    const { all, nodes, until } = await cluster(4);
    for (const discovery of all) discovery.register(service('seg', 6063));
    await until(() => all.every((discovery) => discovery.instances().length === 4));
    const changes: string[] = [];
    all[0]!.on('change', (change, { id, status }) => changes.push(`${change} ${id} ${status}`));
    await nodes[3]!.close();
    await until(() => all[0]!.instances().length === 3);
    expect(changes).toEqual(['changed n4/seg suspect', 'removed n4/seg suspect']);
    changes.length = 0;
    void all[2]!.close();
    await until(() => all[0]!.instances().length === 2);
    expect(changes).toEqual(['changed n3/seg draining', 'removed n3/seg draining']);
  });

  it('news of one node, and at the same moment another one leaves – it is not taken for one that has failed', async () => {
    const { all, nodes, until, simulation } = await cluster(3);
    for (const discovery of all) discovery.register(service('seg', 6063));
    await until(() => all.every((discovery) => discovery.instances().length === 3));
    const changes: string[] = [];
    all[0]!.on('change', (change, { id, status, weight }) => changes.push(`${change} ${id} ${status} ${weight}`));
    nodes[1]!.setWeight(2);
    // Both arrive before anybody can look at the first: no promise gets its turn in between.
    let news = 0;
    nodes[0]!.on('update', () => news++);
    for (let passed = 0; news === 0 && passed < 10_000; passed += 10) simulation.clock.advance(10);
    void nodes[2]!.leave();
    for (let passed = 0; nodes[0]!.members().length === 3 && passed < 10_000; passed += 10)
      simulation.clock.advance(10);
    expect([news, nodes[0]!.members().length]).toEqual([1, 2]);
    await until(() => all[0]!.instances().length === 2);
    const ofLeaver = changes.filter((change) => change.includes('n3/'));
    expect(ofLeaver).toEqual(['changed n3/seg draining 1', 'removed n3/seg draining 1']);
    expect(changes).toContain('changed n2/seg up 2');
  });

  it('a node with metadata of another program – harms nobody', async () => {
    const { all, simulation, nodes, until } = await cluster(2);
    const stranger = await simulation.node({ meta: Buffer.from([0x81, 0xa5, 0xff]) });
    void stranger.join(`${nodes[0]!.bound.address}:${nodes[0]!.bound.port}`);
    all[0]!.register(service('seg', 6063));
    await until(() => nodes[1]!.members().length === 3 && all[1]!.instances().length === 1);
    expect(all[1]!.instances().map(({ id }) => id)).toEqual(['n1/seg']);
  });

  it('the weight of the node – counts for all of its services', async () => {
    const { all, nodes, until } = await cluster(2);
    all[0]!.register(service('seg', 6063, { weight: 2 }));
    nodes[0]!.setWeight(3);
    await until(() => all[1]!.instances()[0]?.weight === 6);
    expect(all[1]!.instances()[0]!.weight).toBe(6);
  });
});
