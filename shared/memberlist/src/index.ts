/** Gossip membership (SWIM with Lifeguard), wire-compatible with HashiCorp memberlist. */
export type { Address } from './addresses.ts';
export type { Clock, Timer } from './clock.ts';
export { JoinError, MemberlistError, type MemberlistErrorCode } from './errors.ts';
export type { LeaveReason, MemberlistEvents, MessageDetails, Warning, WarningCode } from './events.ts';
export type { Logger } from './logger.ts';
export { Memberlist } from './memberlist.ts';
export type { CounterName, Metrics, SampleName } from './metrics.ts';
export type { Node, NodeState, VersionRange } from './node.ts';
export type { Delegate, MemberlistOptions } from './options.ts';
export { PRESETS, type Preset, type Tuning } from './presets.ts';
export type { WaitOptions } from './protocol/await-news.ts';
export type { JoinResult } from './protocol/join.ts';
export type { MemberlistStats } from './stats.ts';
export type {
  Connection,
  ConnectionListener,
  Transport,
  TransportFactory,
  TransportHandlers,
} from './transport/transport.ts';
export type { MembershipChange } from './watch.ts';
export { Keyring } from './wire/keyring.ts';
export { WireError, type WireErrorCode } from './wire/wire-error.ts';
