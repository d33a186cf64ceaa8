/** Starts peers of every kind behind one handle. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildGoPeer } from './build-go-peer.ts';
import { type Peer, startProcess } from './peer-process.ts';
import type { Skipped } from './programs.ts';
import { startSerf } from './serf-peer.ts';

export { buildGoPeer } from './build-go-peer.ts';
export { findSerf } from './find-serf.ts';
export type { Peer } from './peer-process.ts';

/** `go` is the newest memberlist that can be had, `debian` the older one of Debian, `ours` this package. */
export type AgentKind = 'ours' | 'go' | 'debian';

/** The flags of the command line, without the dashes; lists are joined by commas. Times are in milliseconds. */
export type AgentFlags = Partial<
  Record<
    | 'bind'
    | 'advertise'
    | 'join'
    | 'meta'
    | 'key'
    | 'label'
    | 'compress'
    | 'preset'
    | 'protocol'
    | 'delegate-versions'
    | 'verify-incoming'
    | 'verify-outgoing'
    | 'probe-interval'
    | 'probe-timeout'
    | 'gossip-interval'
    | 'push-pull-interval'
    | 'suspicion-mult'
    | 'tcp-timeout',
    string | number | boolean
  >
>;

export type PeerOptions =
  | { kind: AgentKind; name: string; flags?: AgentFlags }
  | { kind: 'serf'; name: string; join?: string; key?: string };

const OURS = join(import.meta.dirname, '..', 'src', 'cli', 'main.ts');
const READY_TIMEOUT_MS = 15_000;

/** Short intervals, so that a test of a crash takes seconds; the suspicion of two nodes lasts 1.2 s. */
export const FAST: AgentFlags = {
  'probe-interval': 200,
  'probe-timeout': 100,
  'gossip-interval': 25,
  'push-pull-interval': 500,
  'suspicion-mult': 6,
  'tcp-timeout': 2_000,
};

/** @returns how to start an agent of the kind, or why it cannot be had */
export async function agentCommand(kind: AgentKind): Promise<string[] | Skipped> {
  if (kind === 'ours') {
    return existsSync(OURS) ? [process.execPath, OURS, 'agent'] : { skipped: 'src/cli/main.ts is missing' };
  }
  const built = await buildGoPeer(kind === 'go' ? 'newest' : 'debian');
  return 'path' in built ? [built.path] : built;
}

/**
 * Starts a peer on 127.0.0.1 and a free port, unless `flags.bind` says otherwise. `flags` are added to `FAST`.
 *
 * @throws Error when the peer cannot be had or does not become ready in 15 seconds
 */
export async function startPeer(options: PeerOptions): Promise<Peer> {
  if (options.kind === 'serf') return startSerf(options);
  const { kind, name, flags = {} } = options;
  const command = await agentCommand(kind);
  if (!Array.isArray(command)) throw new Error(command.skipped);
  const all = { bind: '127.0.0.1:0', ...FAST, ...flags };
  const parameters = Object.entries(all).flatMap(([flag, value]) => [`--${flag}`, String(value)]);
  const agent = startProcess(name, [...command, '--name', name, ...parameters]);
  try {
    const { node } = await agent.waitFor(({ event }) => event === 'ready', READY_TIMEOUT_MS);
    return { ...agent, address: `${node!.address}:${node!.port}`, port: node!.port };
  } catch (error) {
    await agent[Symbol.asyncDispose]();
    throw error;
  }
}
