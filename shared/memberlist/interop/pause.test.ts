/** A peer that is stopped for a while is suspected, and says that it lives when it goes on. */
import { describe, it } from 'vitest';
import { checkEqualMembers } from './check-pair.ts';
import { about } from './events.ts';
import { findPairings } from './pairings.ts';
import { type AgentFlags, startPeer } from './peers.ts';

const { pairs, note } = await findPairings();
/** A suspicion of 8 s: nobody is declared dead while the test looks. */
const PATIENT: AgentFlags = { 'suspicion-mult': 40 };

if (note) it.skip(`pauses of peers${note}`, () => {});

describe.each(pairs)('$seed watches $joiner', ({ seed: watcherKind, joiner: pausedKind }) => {
  it.concurrent('suspects it while it is stopped and believes its refutation', { timeout: 60_000 }, async ({
    expect,
  }) => {
    await using watcher = await startPeer({ kind: watcherKind, name: 'watcher', flags: PATIENT });
    await using paused = await startPeer({
      kind: pausedKind,
      name: 'paused',
      flags: { ...PATIENT, join: watcher.address },
    });
    const { node: before } = await watcher.waitFor(about('join', 'paused'));
    paused.kill('SIGSTOP');
    await watcher.waitFor(about('suspect', 'paused', { state: 'suspect' }));
    // Suspects are still members.
    expect((await watcher.members()).map(({ name }) => name)).toEqual(['paused', 'watcher']);
    const since = watcher.events.length;
    paused.kill('SIGCONT');
    const { node: after } = await watcher.waitFor(about('alive', 'paused', { state: 'alive' }), undefined, since);
    expect(after!.incarnation).toBeGreaterThan(before!.incarnation!);
    await checkEqualMembers([watcher, paused], expect);
    expect(watcher.events.filter(({ event }) => event === 'leave')).toEqual([]);
  });
});
