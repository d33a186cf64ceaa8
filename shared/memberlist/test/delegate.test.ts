import { describe, expect, it } from 'vitest';
import type { Delegate } from '../src/options.ts';
import { Simulation } from '../src/simulation/index.ts';
import { joinAddress, memberNames, watching } from './watching.ts';

const fault = (): never => {
  throw new Error('fault of the application');
};

describe('a delegate that throws', () => {
  it.each<[keyof Delegate]>([['ackPayload'], ['onProbe'], ['broadcasts'], ['localState'], ['mergeRemoteState']])(
    '%s – is logged, and the node is as well as others',
    async (hook) => {
      const simulation = new Simulation({ seed: 1 });
      const logged = new Set<string>();
      const note = (details: object, message: string) => {
        const { error } = details as { error?: Error };
        if (error?.message === 'fault of the application') logged.add(message);
      };
      const a = await simulation.node({
        pushPullIntervalMs: 2_000,
        delegate: { localState: () => Buffer.from('state') },
      });
      const b = await simulation.node({
        pushPullIntervalMs: 2_000,
        delegate: { [hook]: fault },
        logger: { debug: note, info: note, warn: note, error: note },
      });
      const seen = [watching(a), watching(b)];
      await simulation.clock.settle(b.join(joinAddress(a)));
      simulation.clock.advance(30_000);
      expect(seen).toEqual([['join n2'], ['join n1']]);
      expect([memberNames(a), memberNames(b)]).toEqual([
        ['n1', 'n2'],
        ['n1', 'n2'],
      ]);
      expect(logged.size).toBe(1);
    },
  );
});
