/** Two peers of one name, and one peer that comes back under its name. */
import { describe, it } from 'vitest';
import { checkEqualMembers } from './check-pair.ts';
import { about } from './events.ts';
import { freePort } from './loopback.ts';
import { findPairings } from './pairings.ts';
import { startPeer } from './peers.ts';

const { pairs, note } = await findPairings();
const TIMEOUT_MS = 60_000;

if (note) it.skip(`conflicts and restarts between implementations${note}`, () => {});

describe.each(pairs)('$joiner beside $seed', ({ seed: seedKind, joiner: otherKind }) => {
  it.concurrent('is told of when its name is taken', { timeout: TIMEOUT_MS }, async ({ expect }) => {
    await using seed = await startPeer({ kind: seedKind, name: 'seed' });
    await using first = await startPeer({ kind: otherKind, name: 'twin', flags: { join: seed.address } });
    await seed.waitFor(about('join', 'twin'));
    await using second = await startPeer({ kind: otherKind, name: 'twin', flags: { join: seed.address } });

    const conflict = await seed.waitFor(about('conflict', 'twin'));
    expect(conflict.node!.port).toBe(first.port);
    expect(conflict.other).toMatchObject({ name: 'twin', address: '127.0.0.1', port: second.port });
    const own = await second.waitFor(about('conflict', 'twin'));
    expect([own.node!.port, own.other!.port]).toEqual([second.port, first.port]);
    // The first keeps the name.
    expect((await seed.members()).find(({ name }) => name === 'twin')!.port).toBe(first.port);
  });

  it.concurrent('comes back at once after a crash, with other metadata', { timeout: TIMEOUT_MS }, async ({
    expect,
  }) => {
    const bind = `127.0.0.1:${await freePort()}`;
    await using seed = await startPeer({ kind: seedKind, name: 'seed' });
    await using first = await startPeer({
      kind: otherKind,
      name: 'comet',
      flags: { bind, meta: 'first', join: seed.address },
    });
    await seed.waitFor(about('join', 'comet'));
    // Higher than what the second starts with, so that it has to notice.
    first.command('meta second');
    await seed.waitFor(about('update', 'comet', { meta: 'second' }));
    first.kill('SIGKILL');
    await first.ended;

    await using second = await startPeer({
      kind: otherKind,
      name: 'comet',
      flags: { bind, meta: 'third', join: seed.address },
    });
    const { node } = await seed.waitFor(
      (event) => (event.event === 'update' || event.event === 'join') && event.node?.meta === 'third',
    );
    expect(node).toMatchObject({ name: 'comet', state: 'alive' });
    await checkEqualMembers([seed, second], expect);
  });

  it.concurrent('comes back after it was declared dead', { timeout: TIMEOUT_MS }, async ({ expect }) => {
    const bind = `127.0.0.1:${await freePort()}`;
    await using seed = await startPeer({ kind: seedKind, name: 'seed' });
    await using first = await startPeer({ kind: otherKind, name: 'comet', flags: { bind, join: seed.address } });
    await seed.waitFor(about('join', 'comet'));
    first.kill('SIGKILL');
    const { node: dead } = await seed.waitFor(about('leave', 'comet', { state: 'dead' }));

    const since = seed.events.length;
    await using second = await startPeer({ kind: otherKind, name: 'comet', flags: { bind, join: seed.address } });
    const { node } = await seed.waitFor(about('join', 'comet', { state: 'alive' }), undefined, since);
    expect(node!.incarnation).toBeGreaterThan(dead!.incarnation!);
    await checkEqualMembers([seed, second], expect);
  });
});
