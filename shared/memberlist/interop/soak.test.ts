/**
 * Five peers of each make in one cluster with the LAN settings, some of which crash, leave and come back all the time. Nobody
 * who runs is declared dead, and at the end all list the same members.
 *
 * `INTEROP_SOAK_SECONDS` says how long; default 20, in CI 60.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { checkEqualMembers } from './check-pair.ts';
import type { PeerEvent } from './events.ts';
import { freePort } from './loopback.ts';
import { findPairings, subject } from './pairings.ts';
import { type AgentKind, type Peer, startPeer } from './peers.ts';

const { pairs, note } = await findPairings();
const SECONDS = Number(process.env.INTEROP_SOAK_SECONDS ?? (process.env.CI ? 60 : 20));
const EACH = 5;
const RESTARTED = 2;
const PAUSE_MS = 2_000;
/** A death that really was one may be told of so long afterwards: the longest suspicion, and gossip. */
const NEWS_MS = 30_000;
/** Of LAN; `FAST` would take a busy machine for a dead peer. */
const LAN = {
  preset: 'lan',
  'probe-interval': 1_000,
  'probe-timeout': 500,
  'gossip-interval': 200,
  'suspicion-mult': 4,
  'push-pull-interval': 5_000,
};

interface Place {
  name: string;
  kind: AgentKind;
  bind: string;
  peer: Peer;
  /** Events of the peer's earlier lives. */
  earlier: PeerEvent[];
  /** Unix milliseconds. */
  downs: { from: number; to: number }[];
}

describe.skipIf(pairs.length === 0)(`a mixed cluster${note}`, () => {
  it('has no false positive and equal tables', { timeout: SECONDS * 1_000 + 90_000 }, async () => {
    await using stack = new AsyncDisposableStack();
    const places: Place[] = [];
    stack.defer(async () => {
      await Promise.all(places.map(({ peer }) => peer[Symbol.asyncDispose]()));
    });
    const seeds = () =>
      places
        .slice(0, 2)
        .map(({ bind }) => bind)
        .join();
    const start = async (name: string, kind: AgentKind, bind: string) => {
      const join = seeds();
      return startPeer({ kind, name, flags: { ...LAN, bind, meta: `${kind} ${name}`, ...(join && { join }) } });
    };
    for (let index = 0; index < 2 * EACH; index++) {
      const kind = index % 2 === 0 ? 'go' : subject;
      const bind = `127.0.0.1:${await freePort()}`;
      const name = `node-${index}`;
      places.push({ name, kind, bind, peer: await start(name, kind, bind), earlier: [], downs: [] });
    }
    const peers = () => places.map(({ peer }) => peer);
    await checkEqualMembers(peers(), expect);

    // The last of each kind go and come back; by turns with and without a word.
    const restarted = places.slice(-2 * RESTARTED);
    const endAt = performance.now() + SECONDS * 1_000;
    for (let turn = 0; performance.now() < endAt; turn++) {
      const place = restarted[turn % restarted.length]!;
      const from = Date.now();
      if (Math.floor(turn / restarted.length) % 2 === 0) place.peer.kill('SIGKILL');
      else for (const command of ['leave', 'quit']) place.peer.command(command);
      await place.peer.ended;
      await pause(PAUSE_MS);
      place.earlier.push(...place.peer.events);
      place.peer = await start(place.name, place.kind, place.bind);
      place.downs.push({ from, to: Date.now() });
    }

    await checkEqualMembers(peers(), expect);
    expect(falsePositives(places)).toEqual([]);
  });
});

/** Who was declared dead though it was running. */
function falsePositives(places: readonly Place[]): string[] {
  const wasDown = (name: string, at: number) =>
    places.find((place) => place.name === name)!.downs.some(({ from, to }) => at >= from && at <= to + NEWS_MS);
  return places.flatMap(({ name, earlier, peer }) =>
    [...earlier, ...peer.events]
      .filter(
        ({ event, reason, node, receivedAt }) =>
          event === 'leave' && reason === 'failed' && !wasDown(node!.name, receivedAt),
      )
      .map(({ node, receivedAt }) => `${name} declared ${node!.name} dead at ${receivedAt}`),
  );
}
