/** Serf's agent as a peer. Its own list of members, asked again and again, becomes the events of the other peers. */
import { setTimeout as pause } from 'node:timers/promises';
import { about, type PeerLine, type PeerNode } from './events.ts';
import { findSerf } from './find-serf.ts';
import { freePort } from './loopback.ts';
import { type Peer, startProcess } from './peer-process.ts';
import { run } from './programs.ts';

export interface SerfOptions {
  name: string;
  /** `host:port` of members to join. */
  join?: string;
  /** Base64; Serf has one key at start. */
  key?: string;
}

interface SerfMember {
  name: string;
  addr: string;
  status: 'alive' | 'leaving' | 'left' | 'failed' | 'none';
}

const POLL_MS = 150;
const START_TIMEOUT_MS = 10_000;
/** Somebody else may take a port between looking for it and listening. */
const TRIES = 3;

/** Commands: `members` and `leave`. @throws Error where Serf is missing or does not start */
export async function startSerf(options: SerfOptions): Promise<Peer> {
  const found = await findSerf();
  if ('skipped' in found) throw new Error(found.skipped);
  for (let left = TRIES; ; left--) {
    try {
      return await start(found, options);
    } catch (error) {
      if (left === 1 || !String(error).includes('has ended')) throw error;
    }
  }
}

async function start(found: { path: string }, { name, join, key }: SerfOptions): Promise<Peer> {
  const port = await freePort();
  const rpc = `127.0.0.1:${await freePort()}`;
  const address = `127.0.0.1:${port}`;
  const flags = ['-profile=local', '-log-level=err', `-node=${name}`, `-bind=${address}`, `-rpc-addr=${rpc}`];
  if (join !== undefined) flags.push(`-retry-join=${join}`, '-retry-interval=1s');
  if (key !== undefined) flags.push(`-encrypt=${key}`);

  const agent = startProcess(name, [found.path, 'agent', ...flags], () => undefined);
  const ask = (...words: string[]) => run(found.path, [...words, `-rpc-addr=${rpc}`]).then(({ stdout }) => stdout);

  let known = new Map<string, SerfMember>();
  const look = async () => {
    const { members } = JSON.parse(await ask('members', '-format=json')) as { members: SerfMember[] };
    const seen = new Map(members.map((member) => [member.name, member]));
    for (const event of changes(known, seen)) agent.add(event);
    known = seen;
  };
  // One after another, or an older answer could come last.
  let last = Promise.resolve();
  const poll = () => {
    last = last.then(look, look);
    return last;
  };
  let isOver = false;
  void agent.ended.then(() => {
    isOver = true;
  });
  const watch = async () => {
    while (!isOver) {
      // Not up yet, or going down.
      await poll().catch(() => {});
      await pause(POLL_MS);
    }
  };
  void watch();
  const peer: Peer = {
    ...agent,
    address,
    port,
    command(text) {
      void ask(text).catch((error: Error) => agent.add({ event: 'error', t: Date.now(), error: error.message }));
    },
    async members() {
      await poll();
      return [...known.values()].filter(({ status }) => status === 'alive').map(nodeOf);
    },
  };
  await peer.waitFor(about('join', name), START_TIMEOUT_MS).catch(async (error: Error) => {
    await peer[Symbol.asyncDispose]();
    throw error;
  });
  return peer;
}

const IS_IN: readonly SerfMember['status'][] = ['alive', 'leaving'];

function* changes(before: Map<string, SerfMember>, after: Map<string, SerfMember>): Generator<PeerLine> {
  for (const member of after.values()) {
    const wasIn = IS_IN.includes(before.get(member.name)?.status ?? 'none');
    const isIn = IS_IN.includes(member.status);
    if (wasIn === isIn) continue;
    const common = { t: Date.now(), node: nodeOf(member) };
    if (isIn) yield { ...common, event: 'join' };
    else yield { ...common, event: 'leave', reason: member.status === 'left' ? 'left' : 'failed' };
  }
}

function nodeOf({ name, addr, status }: SerfMember): PeerNode {
  const [address, port] = addr.split(':') as [string, string];
  const state = status === 'left' ? 'left' : status === 'failed' ? 'dead' : 'alive';
  return { name, address, port: Number(port), meta: '', state };
}
