import { Memberlist } from '../memberlist.ts';
import type { MemberlistOptions } from '../options.ts';
import { createRandom } from './random.ts';
import { type NetworkConditions, SimulatedNetwork } from './simulated-network.ts';
import { VirtualClock } from './virtual-clock.ts';

export interface SimulationOptions extends Partial<NetworkConditions> {
  /** The same seed gives the same run, to the last packet. */
  seed: number;
}

/**
 * Clusters in memory: real nodes of this library on a virtual clock and a simulated network.
 *
 * @example
 * const simulation = new Simulation({ seed: 1, loss: 0.1 });
 * const nodes = await simulation.cluster(100);
 * await nodes[7].close(); // a crash
 * simulation.clock.advance(60_000);
 */
export class Simulation {
  readonly clock = new VirtualClock();
  readonly network: SimulatedNetwork;
  readonly #random: () => number;
  #hosts = 0;

  constructor({ seed, ...conditions }: SimulationOptions) {
    this.#random = createRandom(seed);
    this.network = new SimulatedNetwork(this.clock, createRandom(seed + 0x9e3779b9), conditions);
  }

  /** Starts a node, named `n1`, `n2` and so on unless the options say otherwise. */
  async node(options: MemberlistOptions = {}): Promise<Memberlist> {
    const number = ++this.#hosts;
    const address = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
    return Memberlist.create({
      name: `n${number}`,
      bind: { address, port: 7946 },
      // Packets are counted as they are; nobody wants to wait for a compressor.
      compression: false,
      random: createRandom(Math.floor(this.#random() * 2 ** 32)),
      ...this.network.host(),
      ...options,
    });
  }

  /** Starts nodes; all but the first join the first, one after another. */
  async cluster(size: number, options: MemberlistOptions = {}): Promise<Memberlist[]> {
    const nodes: Memberlist[] = [];
    for (let i = 0; i < size; i++) {
      const node = await this.node(options);
      nodes.push(node);
      if (i > 0) await this.clock.settle(node.join(`${nodes[0]!.bound.address}:${nodes[0]!.bound.port}`));
    }
    return nodes;
  }

  /**
   * Lets time pass until a condition holds.
   *
   * @param stepMs how often it is looked at
   * @returns the time that passed in milliseconds, or undefined when it did not hold within the limit
   */
  until(condition: () => boolean, limitMs: number, stepMs = 10): number | undefined {
    const start = this.clock.now();
    while (!condition()) {
      if (this.clock.now() - start >= limitMs) return undefined;
      this.clock.advance(stepMs);
    }
    return this.clock.now() - start;
  }
}
