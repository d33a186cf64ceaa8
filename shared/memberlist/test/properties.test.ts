/**
 * What must hold whatever happens, over many seeds: a failed run names its seed, and the seed repeats it. `MEMBERLIST_SEEDS=200`
 * tries more.
 */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Memberlist } from '../src/memberlist.ts';
import type { MemberlistOptions } from '../src/options.ts';
import { createRandom, Simulation } from '../src/simulation/index.ts';
import { joinAddress, memberNames } from './watching.ts';

const SEEDS = Array.from({ length: Number(process.env.MEMBERLIST_SEEDS ?? 6) }, (_, i) => i + 1);

/** Promises and time go on together. */
const pass = (simulation: Simulation, ms: number) =>
  simulation.clock.settle(new Promise<void>((done) => simulation.clock.after(ms, done)), ms + 1);

describe('complete: every crash is seen by all, in time', () => {
  // The shortest suspicion, and up to 8 s for the first probes, which come in random order, their time limits and the gossip.
  it.each([
    [3, 4_000],
    [10, 4_000],
    [30, 5_908],
    [100, 8_000],
  ])('%i nodes', async (count, suspicionMs) => {
    for (const seed of SEEDS.slice(0, count > 50 ? 3 : undefined)) {
      const simulation = new Simulation({ seed });
      const nodes = await simulation.cluster(count);
      simulation.until(() => nodes.every((node) => node.members().length === count), 60_000);
      simulation.clock.advance(3_000);
      await nodes[1]!.close();
      const others = nodes.filter((_, i) => i !== 1);
      const took = simulation.until(() => others.every((node) => node.node('n2')?.state === 'dead'), 120_000);
      // Where only one other can confirm, the suspicion may last longer.
      expect.soft(took, `seed ${seed}`).toBeLessThanOrEqual(count === 3 ? 6 * suspicionMs : suspicionMs + 8_000);
    }
  });
});

describe('accurate: nobody who lives is declared dead', () => {
  /** How often somebody takes a node for dead that lives: one of those that are never held up, one of those that are. */
  interface FalsePositives {
    healthy: number;
    slow: number;
  }

  async function falsePositives(
    seed: number,
    loss: number,
    options: MemberlistOptions,
    slowCount: number,
  ): Promise<FalsePositives> {
    const simulation = new Simulation({ seed, loss });
    const nodes = await simulation.cluster(20, { rejoinIntervalMs: 0, ...options });
    simulation.until(() => nodes.every((node) => node.members().length === 20), 60_000);
    const slow = nodes.slice(0, slowCount);
    const counts = { healthy: 0, slow: 0 };
    for (const node of nodes) {
      node.on('leave', ({ name }) => {
        counts[slow.some((each) => each.name === name) ? 'slow' : 'healthy']++;
      });
    }
    const random = createRandom(seed);
    for (let round = 0; round < 40; round++) {
      // A process that stands still for most of the time, as on an overloaded machine.
      for (const { bound } of slow) simulation.network.pause(bound);
      await pass(simulation, 2_000 + random() * 4_000);
      for (const { bound } of slow) simulation.network.resume(bound);
      await pass(simulation, 300);
    }
    return counts;
  }

  it('a fifth of all packets lost, for three minutes – none', async () => {
    for (const seed of SEEDS.slice(0, 4)) {
      expect.soft(await falsePositives(seed, 0.2, {}, 0), `seed ${seed}`).toEqual({ healthy: 0, slow: 0 });
    }
  });

  it('two processes of twenty that stand still most of the time – accuse nobody wrongly with Lifeguard, but without', async () => {
    const without: MemberlistOptions = { awarenessMaxMultiplier: 1, suspicionMaxTimeoutMult: 1 };
    const [on, off] = [
      { healthy: 0, slow: 0 },
      { healthy: 0, slow: 0 },
    ];
    for (const seed of SEEDS.slice(0, 3)) {
      for (const [sum, options] of [[on, {}] as const, [off, without] as const]) {
        const counts = await falsePositives(seed, 0.05, options, 2);
        sum.healthy += counts.healthy;
        sum.slow += counts.slow;
      }
    }
    expect(on.healthy).toBe(0);
    expect(off.healthy).toBeGreaterThan(0);
    expect(on.slow).toBeLessThan(off.slow);
  });
});

describe('convergent, whatever happens', () => {
  it.each(SEEDS)('joins, crashes, leaves, stops, cuts, changes (seed %i) – in the end all agree', async (seed) => {
    const random = createRandom(seed);
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
    const simulation = new Simulation({ seed, loss: 0.05, duplication: 0.05, delayMs: [0.2, 50] });
    const options = { deadNodeReclaimMs: 1_000, seeds: ['10.0.0.1:7946'] };
    let nodes = await simulation.cluster(8, options);
    const incarnations = new Map<string, number>();
    const watch = (node: Memberlist) =>
      node.on('update', ({ name, incarnation }) => {
        if (name !== node.name) return;
        expect(incarnation).toBeGreaterThanOrEqual(incarnations.get(name) ?? 0);
        incarnations.set(name, incarnation);
      });
    for (const node of nodes) watch(node);
    const actions: (() => unknown)[] = [
      async () => {
        const node = await simulation.node(options);
        watch(node);
        await simulation.clock.settle(node.join(joinAddress(pick(nodes)))).catch(() => {});
        nodes.push(node);
      },
      async () => {
        // The seed stays.
        const node = pick(nodes.slice(1));
        nodes = nodes.filter((other) => other !== node);
        if (random() < 0.5) await simulation.clock.settle(node.leave()).catch(() => {});
        await node.close();
      },
      () => simulation.network.pause(pick(nodes).bound),
      () => {
        for (const { bound } of nodes) simulation.network.resume(bound);
      },
      () => {
        const cut = nodes.filter(() => random() < 0.5);
        simulation.network.partition(
          cut.map(({ bound }) => bound),
          nodes.filter((node) => !cut.includes(node)).map(({ bound }) => bound),
        );
      },
      () => simulation.network.heal(),
      () => pick(nodes).setWeight(Math.floor(random() * 100)),
      () =>
        void pick(nodes)
          .updateMeta(`meta ${random()}`)
          .catch(() => {}),
    ];
    for (let step = 0; step < 25; step++) {
      if (nodes.length > 4 || random() < 0.5) await pick(actions)();
      await pass(simulation, random() * 15_000);
    }
    simulation.network.heal();
    for (const { bound } of nodes) simulation.network.resume(bound);
    simulation.network.conditions.loss = 0;
    await pass(simulation, 180_000);
    const view = (node: Memberlist) =>
      node
        .members()
        .map(({ name, meta, weight, incarnation }) => `${name} ${Buffer.from(meta)} ${weight} ${incarnation}`)
        .toSorted();
    expect(memberNames(nodes[0]!)).toEqual(nodes.map(({ name }) => name).toSorted());
    for (const node of nodes) expect(view(node)).toEqual(view(nodes[0]!));

    // Nothing stays behind: not in the queues, and after closing not on the clock.
    expect(nodes.map((node) => node.stats().queuedBroadcasts)).toEqual(nodes.map(() => 0));
    expect(Math.max(...nodes.map((node) => node.nodes().length))).toBe(nodes.length);
    for (const node of nodes) await node.close();
    await pass(simulation, 40_000);
    expect(simulation.clock.pending).toBe(0);
  });
});

describe('repeatable', () => {
  async function trace(seed: number): Promise<string> {
    const simulation = new Simulation({ seed, loss: 0.1, delayMs: [1, 20] });
    const hash = createHash('sha256');
    simulation.network.dropPacket = (from, to) => {
      hash.update(`${simulation.clock.now()} ${from.address} ${to.address}\n`);
      return false;
    };
    const nodes = await simulation.cluster(10);
    await nodes[4]!.close();
    await pass(simulation, 30_000);
    return hash.digest('hex');
  }

  it('the same seed – the same packets at the same times; another seed – others', async () => {
    expect(await trace(1)).toBe(await trace(1));
    expect(await trace(1)).not.toBe(await trace(2));
  });
});

describe('large', () => {
  it('300 nodes – join, converge, and all see a crash, in seconds', async () => {
    const simulation = new Simulation({ seed: 1 });
    const nodes = await simulation.cluster(300);
    expect(simulation.until(() => nodes.every((node) => node.members().length === 300), 30_000, 100)).toBeLessThan(
      5_000,
    );
    await nodes[7]!.close();
    const others = nodes.filter((_, i) => i !== 7);
    expect(simulation.until(() => others.every((node) => node.node('n8')?.state === 'dead'), 60_000, 100)).toBeLessThan(
      16_000,
    );
  });
});
