/** What two peers do with each other in one cell of the matrix. */
import type { ExpectStatic } from 'vitest';
import { about, left, message, type PeerNode, state } from './events.ts';
import { freePort, hasAddress } from './loopback.ts';
import type { Pairing } from './pairings.ts';
import { type AgentFlags, type Peer, startPeer } from './peers.ts';
import type { Variant } from './variants.ts';

/** For what has to go out by gossip and push/pull while many cells share the processors. */
const TIMEOUT_MS = 15_000;
/** One datagram takes it; longer than a length byte can say. */
const LONG_TEXT = 'långt '.repeat(150);
/** More than a datagram or a 16-bit length can hold. */
const STREAM_TEXT = 'ein langer Strom '.repeat(6_000);
/** memberlist's limit of metadata is 512 bytes. */
const LONG_META = 'm'.repeat(512);
const HOSTS = ['127.0.0.1', '127.0.0.2'] as const;

export async function checkPair(
  { seed: seedKind, joiner: joinerKind }: Pairing,
  variant: Variant,
  expect: ExpectStatic,
  skip: (note: string) => void,
): Promise<void> {
  if (variant.samePort && !(await hasAddress(HOSTS[1]))) skip(`${HOSTS[1]} is not there`);
  const samePort = variant.samePort && (await freePort(HOSTS));
  const bindOf = (host: string): AgentFlags => (samePort ? { bind: `${host}:${samePort}` } : {});
  const seedFlags = { ...variant.seed, ...bindOf(HOSTS[0]), meta: 'seed älpha' };
  const joinerFlags = { ...variant.joiner, ...bindOf(HOSTS[1]), meta: 'joiner' };

  await using seed = await startPeer({ kind: seedKind, name: 'seed', flags: seedFlags });
  await using joiner = await startPeer({ kind: joinerKind, name: 'joiner', flags: joinerFlags });
  seed.command('state of the seed');
  joiner.command('state of the joiner');
  joiner.command(`join ${seed.address}`);
  await checkJoin(seed, joiner);
  await seed.waitFor(state('of the joiner'), TIMEOUT_MS);
  await joiner.waitFor(state('of the seed'), TIMEOUT_MS);
  await checkEqualMembers([seed, joiner], expect);

  await checkMetadata(seed, joiner);
  await checkMetadata(joiner, seed);
  await checkMessages(seed, joiner);
  await checkMessages(joiner, seed);
  await checkUserState(seed, joiner);
  await checkUserState(joiner, seed);
  await checkEqualMembers([seed, joiner], expect);

  joiner.command('leave');
  const { node } = await seed.waitFor(left('joiner', 'left'), TIMEOUT_MS);
  expect(node!.state).toBe('left');
  expect((await seed.members()).map(({ name }) => name)).toEqual(['seed']);
  joiner.command('quit');
  await joiner.ended;

  // Its name comes back, at another address where the configuration allows one, and is gone without a word.
  const since = seed.events.length;
  await using again = await startPeer({
    kind: joinerKind,
    name: 'joiner',
    flags: { ...joinerFlags, meta: 'again', join: seed.address },
  });
  await seed.waitFor(about('join', 'joiner', { port: again.port, meta: 'again' }), TIMEOUT_MS, since);
  await checkEqualMembers([seed, again], expect);
  again.kill('SIGKILL');
  const crash = await seed.waitFor(left('joiner', 'failed'), TIMEOUT_MS, since);
  expect(crash.node!.state).toBe('dead');
}

async function checkJoin(seed: Peer, joiner: Peer): Promise<void> {
  const [seedHost] = seed.address.split(':');
  const [joinerHost] = joiner.address.split(':');
  await joiner.waitFor(
    about('join', 'seed', { address: seedHost!, port: seed.port, meta: 'seed älpha', state: 'alive' }),
    TIMEOUT_MS,
  );
  await seed.waitFor(
    about('join', 'joiner', { address: joinerHost!, port: joiner.port, meta: 'joiner', state: 'alive' }),
    TIMEOUT_MS,
  );
}

async function checkMetadata(from: Peer, to: Peer): Promise<void> {
  for (const meta of ['überarbeitet', LONG_META]) {
    from.command(`meta ${meta}`);
    await to.waitFor(about('update', from.name, { meta }), TIMEOUT_MS);
  }
}

async function checkMessages(from: Peer, to: Peer): Promise<void> {
  const hello = `hello from ${from.name}`;
  from.command(`broadcast ${hello} by gossip`);
  from.command(`send ${to.name} ${hello} by UDP`);
  from.command(`send ${to.name} ${LONG_TEXT}${from.name}`);
  from.command(`send-reliable ${to.name} ${hello} by TCP`);
  from.command(`send-reliable ${to.name} ${STREAM_TEXT}${from.name}`);
  await to.waitFor(message(`${hello} by gossip`), TIMEOUT_MS);
  await to.waitFor(message(`${hello} by UDP`), TIMEOUT_MS);
  await to.waitFor(message(`${LONG_TEXT}${from.name}`), TIMEOUT_MS);
  await to.waitFor(message(`${hello} by TCP`), TIMEOUT_MS);
  await to.waitFor(message(`${STREAM_TEXT}${from.name}`), TIMEOUT_MS);
}

/** The periodic push/pull, after the one of the join. */
async function checkUserState(from: Peer, to: Peer): Promise<void> {
  const changed = `changed by ${from.name}`;
  from.command(`state ${changed}`);
  await to.waitFor(state(changed), TIMEOUT_MS);
}

/** Waits until all peers list the same members, with address, metadata, state and incarnation. */
export async function checkEqualMembers(peers: readonly Peer[], expect: ExpectStatic): Promise<void> {
  const names = peers.map(({ name }) => name).toSorted();
  const tables = () => Promise.all(peers.map((peer) => peer.members()));
  await expect.poll(async () => differences(await tables(), names), { timeout: TIMEOUT_MS, interval: 100 }).toEqual([]);
}

function differences(tables: PeerNode[][], names: string[]): string[] {
  const texts = tables.map((table) => table.map(describeNode));
  const [first] = texts;
  const isComplete = tables.every((table) => table.length === names.length);
  if (isComplete && texts.every((text) => text.join() === first!.join())) return [];
  return texts.map((text, index) => `${names[index]}: ${text.join(', ')}`);
}

const describeNode = ({ name, address, port, meta, state = 'alive', incarnation = 0 }: PeerNode): string =>
  `${name} ${address}:${port} ${meta} ${state} ${incarnation}`;
