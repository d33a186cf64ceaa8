/** Who does not belong to the cluster does not get in, and is told so. */
import { describe, it } from 'vitest';
import { findPairings } from './pairings.ts';
import { type AgentFlags, startPeer } from './peers.ts';
import { makeKey } from './variants.ts';

const { pairs, hasLabels, note } = await findPairings();

if (note) it.skip(`refusals between implementations${note}`, () => {});

interface Row {
  name: string;
  seed: AgentFlags;
  joiner: AgentFlags;
}

const KEY = makeKey(16);
const ROWS: readonly Row[] = [
  { name: 'another key', seed: { key: KEY }, joiner: { key: makeKey(16, 99) } },
  { name: 'no key', seed: { key: KEY }, joiner: {} },
  { name: 'a key where there is none', seed: {}, joiner: { key: KEY } },
  { name: 'another label', seed: { label: 'one' }, joiner: { label: 'two' } },
  { name: 'no label', seed: { label: 'one' }, joiner: {} },
  { name: 'a label where there is none', seed: {}, joiner: { label: 'one' } },
  {
    name: 'another label with the same key',
    seed: { label: 'one', key: KEY },
    joiner: { label: 'two', key: KEY },
  },
  {
    name: 'delegate versions that do not meet',
    seed: { 'delegate-versions': '2,5,4' },
    joiner: { 'delegate-versions': '6,7,6' },
  },
];

const rows = ROWS.filter(({ seed, joiner }) => hasLabels || !(seed.label ?? joiner.label));

describe.each(pairs)('$joiner is refused by $seed', ({ seed: seedKind, joiner: joinerKind }) => {
  it.concurrent.for(rows)('for $name', { timeout: 60_000 }, async (row, { expect }) => {
    await using seed = await startPeer({ kind: seedKind, name: 'seed', flags: row.seed });
    await using joiner = await startPeer({ kind: joinerKind, name: 'joiner', flags: row.joiner });
    joiner.command(`join ${seed.address}`);
    await joiner.waitFor(({ event, error }) => event === 'error' && error !== '');
    // It goes on, alone.
    expect((await joiner.members()).map(({ name }) => name)).toEqual(['joiner']);
    expect((await seed.members()).map(({ name }) => name)).toEqual(['seed']);
  });
});
