/** Keys are changed while the cluster runs: nobody misses a message, and the old key is worth nothing afterwards. */
import { describe, it } from 'vitest';
import { checkEqualMembers } from './check-pair.ts';
import { message } from './events.ts';
import { findPairings } from './pairings.ts';
import { type Peer, startPeer } from './peers.ts';
import { makeKey } from './variants.ts';

const { pairs, note } = await findPairings();
const OLD = makeKey(16, 1);
const NEW = makeKey(32, 2);

if (note) it.skip(`key rotation between implementations${note}`, () => {});

describe.each(pairs)('$joiner and $seed', ({ seed: seedKind, joiner: joinerKind }) => {
  it.concurrent('change their key', { timeout: 60_000 }, async ({ expect }) => {
    await using seed = await startPeer({ kind: seedKind, name: 'seed', flags: { key: OLD } });
    await using joiner = await startPeer({ kind: joinerKind, name: 'joiner', flags: { key: OLD, join: seed.address } });
    await checkEqualMembers([seed, joiner], expect);
    await exchange(seed, joiner, 'with the old key');

    for (const peer of [seed, joiner]) await order(peer, `key add ${NEW}`);
    await order(seed, `key use ${NEW}`);
    await exchange(seed, joiner, 'each with its own key');
    await order(joiner, `key use ${NEW}`);
    await exchange(seed, joiner, 'with the new key');
    for (const peer of [seed, joiner]) await order(peer, `key remove ${OLD}`);
    await exchange(seed, joiner, 'without the old key');

    await using late = await startPeer({ kind: joinerKind, name: 'late', flags: { key: NEW, join: seed.address } });
    await checkEqualMembers([seed, joiner, late], expect);
    for (const peer of [seed, joiner]) expect(peer.events.filter(({ event }) => event === 'error')).toEqual([]);
    await using stale = await startPeer({ kind: joinerKind, name: 'stale', flags: { key: OLD, join: seed.address } });
    await stale.waitFor(({ event }) => event === 'error');
    expect((await seed.members()).map(({ name }) => name)).toEqual(['joiner', 'late', 'seed']);
  });

  it.concurrent('start to encrypt', { timeout: 60_000 }, async ({ expect }) => {
    const lenient = { 'verify-incoming': false, 'verify-outgoing': true };
    await using seed = await startPeer({ kind: seedKind, name: 'seed', flags: lenient });
    await using joiner = await startPeer({
      kind: joinerKind,
      name: 'joiner',
      flags: { ...lenient, join: seed.address },
    });
    await checkEqualMembers([seed, joiner], expect);
    await exchange(seed, joiner, 'in plain');
    for (const peer of [seed, joiner]) await order(peer, `key add ${NEW}`);
    await exchange(seed, joiner, 'with a key');
    expect([...seed.events, ...joiner.events].filter(({ event }) => event === 'error')).toEqual([]);
  });
});

/** Resolves when the command has been carried out. */
async function order(peer: Peer, command: string): Promise<void> {
  peer.command(command);
  await peer.members();
}

/** By UDP, TCP and gossip, both ways. */
async function exchange(one: Peer, other: Peer, text: string): Promise<void> {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.command(`send ${to.name} UDP ${text}`);
    from.command(`send-reliable ${to.name} TCP ${text}`);
    from.command(`broadcast gossip ${text}`);
    for (const way of ['UDP', 'TCP', 'gossip']) await to.waitFor(message(`${way} ${text}`));
  }
}
