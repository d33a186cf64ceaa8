import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Balancer, Candidate } from './balancer.ts';
import { BALANCING, createBalancer } from './create-balancer.ts';
import { slowStartShare } from './slow-start.ts';
import { preferZone } from './zone.ts';

const candidate = (id: string, more: Partial<Candidate> = {}): Candidate => ({
  id,
  weight: 1,
  inFlight: 0,
  latencyMs: undefined,
  ...more,
});

/** Pseudo-random, repeated by the seed. */
function createRandom(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 2 ** 32;
  };
}

const picks = (balancer: Balancer, candidates: readonly Candidate[], times: number) =>
  Array.from({ length: times }, () => balancer.pick(candidates)!.id);

function shares(balancer: Balancer, candidates: readonly Candidate[], times: number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const id of picks(balancer, candidates, times)) counts[id] = (counts[id] ?? 0) + 1 / times;
  return counts;
}

describe.each(BALANCING)('%s', (balancing) => {
  it('nobody there – nobody is chosen; one there – that one', () => {
    const balancer = createBalancer(balancing, createRandom());
    expect(balancer.pick([])).toBeUndefined();
    expect(picks(balancer, [candidate('a')], 3)).toEqual(['a', 'a', 'a']);
  });

  it('any candidates, changing from call to call – one of them is chosen', () => {
    const list = fc.uniqueArray(
      fc.record({ id: fc.string(), weight: fc.double({ min: 0.01, max: 100, noNaN: true }) }),
      {
        minLength: 1,
        maxLength: 8,
        selector: ({ id }) => id,
      },
    );
    fc.assert(
      fc.property(fc.array(list, { maxLength: 10 }), fc.string(), (lists, key) => {
        const balancer = createBalancer(balancing, createRandom());
        for (const each of lists) {
          const candidates = each.map(({ id, weight }) => candidate(id, { weight }));
          expect(candidates).toContain(balancer.pick(candidates, key));
        }
      }),
    );
  });
});

describe('round-robin', () => {
  it('three – in turns, in whatever order they are listed', () => {
    const balancer = createBalancer('round-robin');
    const [a, b, c] = ['a', 'b', 'c'].map((id) => candidate(id));
    expect(
      [
        [a, b, c],
        [c, b, a],
        [b, a, c],
        [a, b, c],
      ].map((list) => balancer.pick(list as Candidate[])!.id),
    ).toEqual(['a', 'b', 'c', 'a']);
  });

  it('one goes and one comes – the turn goes on, nobody is passed over', () => {
    const balancer = createBalancer('round-robin');
    const lists = ['abc', 'abc', 'acd', 'acd', 'acd'].map((ids) => [...ids].map((id) => candidate(id)));
    expect(lists.map((list) => balancer.pick(list)!.id)).toEqual(['a', 'b', 'c', 'd', 'a']);
  });
});

describe('smooth-weighted-round-robin', () => {
  it('weights 5, 1, 1 – exact shares, evenly spread', () => {
    const balancer = createBalancer('smooth-weighted-round-robin');
    const list = [candidate('a', { weight: 5 }), candidate('b'), candidate('c')];
    expect(picks(balancer, list, 7).join('')).toBe('aabacaa');
    expect(picks(balancer, list, 7).join('')).toBe('aabacaa');
  });

  it('any weights – each gets its share, to one call', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }), (weights) => {
        const balancer = createBalancer('smooth-weighted-round-robin');
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        const list = weights.map((weight, i) => candidate(`n${i}`, { weight }));
        const counts = shares(balancer, list, total);
        for (const [i, weight] of weights.entries()) expect(counts[`n${i}`]! * total).toBeCloseTo(weight);
      }),
    );
  });

  it('a weight changes while running – the new shares hold at once', () => {
    const balancer = createBalancer('smooth-weighted-round-robin');
    picks(balancer, [candidate('a', { weight: 9 }), candidate('b')], 100);
    const after = shares(balancer, [candidate('a'), candidate('b', { weight: 3 })], 400);
    expect(after.b).toBeCloseTo(0.75, 1);
  });
});

describe('random', () => {
  it('weights – are the odds', () => {
    const counts = shares(
      createBalancer('random', createRandom(7)),
      [candidate('a', { weight: 3 }), candidate('b')],
      20_000,
    );
    expect(counts.a).toBeCloseTo(0.75, 1);
  });
});

describe('least-loaded-of-two', () => {
  it('one has more to do, or takes longer – gets less', () => {
    for (const slow of [{ inFlight: 10 }, { latencyMs: 100 }]) {
      const list = [
        candidate('slow', { latencyMs: 10, ...slow }),
        candidate('b', { latencyMs: 10 }),
        candidate('c', { latencyMs: 10 }),
      ];
      const counts = shares(createBalancer('least-loaded-of-two', createRandom(3)), list, 10_000);
      expect(counts.slow ?? 0).toBe(0);
      expect(counts.b).toBeCloseTo(0.5, 1);
    }
  });

  it('calls that take time – queues stay short, much shorter than by chance', () => {
    const longest = (balancing: 'least-loaded-of-two' | 'random') => {
      const balancer = createBalancer(balancing, createRandom(5));
      const queues = Array.from({ length: 10 }, (_, i) => ({ id: `n${i}`, weight: 1, inFlight: 0, latencyMs: 10 }));
      let most = 0;
      for (let call = 0; call < 5_000; call++) {
        const chosen = balancer.pick(queues)!;
        chosen.inFlight++;
        most = Math.max(most, chosen.inFlight);
        // Each finishes one call in ten.
        const done = queues[call % 10]!;
        done.inFlight = Math.max(0, done.inFlight - 1);
      }
      return most;
    };
    expect(longest('least-loaded-of-two')).toBeLessThan(longest('random') / 2);
  });
});

describe('consistent-hash', () => {
  const list = ['a', 'b', 'c', 'd'].map((id) => candidate(id));
  const keys = Array.from({ length: 4_000 }, (_, i) => `key ${i}`);

  it('the same key – the same instance, in whatever order they are listed; the keys are spread evenly', () => {
    const balancer = createBalancer('consistent-hash');
    const counts: Record<string, number> = {};
    for (const key of keys) {
      const { id } = balancer.pick(list, key)!;
      expect(balancer.pick(list.toReversed(), key)!.id).toBe(id);
      counts[id] = (counts[id] ?? 0) + 1 / keys.length;
    }
    for (const { id } of list) expect(counts[id]).toBeCloseTo(0.25, 1);
  });

  it('one goes – only its keys move, and to all others', () => {
    const balancer = createBalancer('consistent-hash');
    const without = list.filter(({ id }) => id !== 'c');
    const heirs = new Set<string>();
    for (const key of keys) {
      const before = balancer.pick(list, key)!.id;
      const after = balancer.pick(without, key)!.id;
      if (before === 'c') heirs.add(after);
      else expect(after).toBe(before);
    }
    expect([...heirs].toSorted()).toEqual(['a', 'b', 'd']);
  });

  it('twice the weight – twice the keys', () => {
    const balancer = createBalancer('consistent-hash');
    const counts = { a: 0, b: 0 };
    for (const key of keys)
      counts[balancer.pick([candidate('a', { weight: 2 }), candidate('b')], key)!.id as 'a' | 'b']++;
    expect(counts.a / counts.b).toBeCloseTo(2, 0);
  });
});

describe('slow start', () => {
  it('a newcomer – gets a tenth at once, all of its weight at the end; 0 – no slow start', () => {
    expect([0, 500, 5_000, 9_000, 10_000, 99_000].map((age) => slowStartShare(age, 10_000))).toEqual([
      0.1, 0.1, 0.5, 0.9, 1, 1,
    ]);
    expect(slowStartShare(0, 0)).toBe(1);
  });
});

describe('zones', () => {
  const instances = [{ zone: 'x' }, { zone: 'y' }, { zone: 'y' }, { zone: '' }];

  it('some are near – only these; none, or no zones – all', () => {
    expect(preferZone(instances, 'y')).toHaveLength(2);
    expect(preferZone(instances, 'z')).toHaveLength(4);
    expect(preferZone(instances, '')).toHaveLength(4);
  });
});
