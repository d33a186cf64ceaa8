import { describe, expect, it } from 'vitest';
import type { NodeState } from '../node.ts';
import { createRandom } from '../simulation/random.ts';
import { NodeEntry } from './node-entry.ts';
import { NodeTable, shuffle } from './node-table.ts';

function tableOf(states: readonly NodeState[], changedAt = 0) {
  const table = new NodeTable(createRandom(7));
  for (const [i, state] of states.entries()) {
    const entry = new NodeEntry(`n${i}`, { address: '127.0.0.1', port: 1000 + i, mapped: false }, changedAt);
    entry.state = state;
    table.add(entry);
  }
  return table;
}
const names = (entries: readonly NodeEntry[]) => entries.map(({ name }) => name);

describe('NodeTable', () => {
  it('nodes that are added – stand in random order, and are found by name', () => {
    const table = tableOf(Array<NodeState>(50).fill('alive'));
    expect(names(table.entries)).not.toEqual(Array.from({ length: 50 }, (_, i) => `n${i}`));
    expect(names(table.entries).toSorted()).toHaveLength(50);
    expect(table.get('n7')!.port).toBe(1007);
  });

  it('pick 3 of 90 – different ones each time, only those that are wanted', () => {
    const table = tableOf(
      Array.from({ length: 90 }, (_, i): NodeState => (i % 3 === 0 ? 'alive' : i % 3 === 1 ? 'suspect' : 'dead')),
    );
    const draws = Array.from({ length: 3 }, () =>
      table.pick(3, ({ name, state }) => name !== 'n0' && state === 'alive'),
    );
    for (const drawn of draws) {
      expect(new Set(drawn).size).toBe(3);
      expect(drawn.every(({ name, state }) => name !== 'n0' && state === 'alive')).toBe(true);
    }
    expect(new Set(draws.map((drawn) => names(drawn).toSorted().join())).size).toBeGreaterThan(1);
  });

  it('pick from a small table – finds all that are wanted', () => {
    const table = tableOf(['alive', 'dead', 'left', 'dead', 'alive', 'dead', 'left', 'dead']);
    for (let i = 0; i < 50; i++)
      expect(names(table.pick(3, ({ state }) => state === 'alive')).toSorted()).toEqual(['n0', 'n4']);
  });

  it('reap – removes what is forgotten, keeps the rest', () => {
    const table = tableOf(['dead', 'alive', 'left', 'suspect', 'dead']);
    for (const name of ['n0', 'n2']) table.get(name)!.changedAt = -1000;
    table.reap(({ isLive, changedAt }) => !isLive && changedAt < -500);
    expect(names(table.entries).toSorted()).toEqual(['n1', 'n3', 'n4']);
    expect(table.get('n0')).toBeUndefined();
    expect(table.countByState()).toEqual({ alive: 1, suspect: 1, dead: 1, left: 0 });
    expect(table.countLive()).toBe(2);
  });

  it('remove – takes one out', () => {
    const table = tableOf(['alive', 'dead']);
    table.remove(table.get('n1')!);
    expect(names(table.entries)).toEqual(['n0']);
  });
});

describe('shuffle', () => {
  it('a list – the same items in another order', () => {
    const items = Array.from({ length: 20 }, (_, i) => i);
    const shuffled = shuffle([...items], createRandom(3));
    expect(shuffled).not.toEqual(items);
    expect(shuffled.toSorted((a, b) => a - b)).toEqual(items);
  });
});

describe('NodeEntry', () => {
  it('a snapshot – is frozen, stays as it was, and is made anew only after a change', () => {
    const entry = tableOf(['alive']).get('n0')!;
    const before = entry.snapshot();
    expect(entry.snapshot()).toBe(before);
    expect(Object.isFrozen(before) && Object.isFrozen(before.protocol)).toBe(true);
    entry.incarnation = 5;
    entry.changed();
    expect([before.incarnation, entry.snapshot().incarnation]).toEqual([0, 5]);
  });
});
