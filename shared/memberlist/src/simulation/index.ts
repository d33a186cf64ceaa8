/** Clusters in memory, on virtual time: for tests of whatever is built on membership. */
export { createRandom } from './random.ts';
export { type NetworkConditions, SimulatedNetwork } from './simulated-network.ts';
export { Simulation, type SimulationOptions } from './simulation.ts';
export { VirtualClock } from './virtual-clock.ts';
