import { describe, expect, it } from 'vitest';
import { Simulation } from '../src/simulation/index.ts';
import { joinAddress } from './watching.ts';

/** Two nodes; the second does not answer any more. */
async function pairWithSilence() {
  const simulation = new Simulation({ seed: 1 });
  const [a, b] = await simulation.cluster(2);
  simulation.clock.advance(1_000);
  simulation.network.pause(b!.bound);
  return { simulation, a: a!, b: b! };
}

describe('calls that wait when their node is closed', () => {
  it.each<[string, (a: Awaited<ReturnType<typeof pairWithSilence>>['a'], b: string) => Promise<unknown>]>([
    ['ping', (a) => a.ping('n2')],
    ['sendReliable', (a) => a.sendReliable('n2', 'x'.repeat(1_000))],
    ['join', (a, b) => a.join(b)],
    ['updateMeta', (a) => a.updateMeta('x')],
    ['leave', (a) => a.leave()],
  ])('%s – fails then, at once', async (_, call) => {
    const { simulation, a, b } = await pairWithSilence();
    const waiting = call(a, joinAddress(b));
    const outcome = waiting.then(
      () => 'done',
      (error: { code: string }) => error.code,
    );
    await new Promise(setImmediate);
    await a.close();
    expect(await simulation.clock.settle(outcome, 1_000)).toBe('CLOSED');
  });
});
