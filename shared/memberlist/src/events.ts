import type { Node } from './node.ts';

/** The events and what their listeners get. */
export interface MemberlistEvents {
  /** A node became a member; also this node itself, at the start. */
  join: [node: Node];
  /** A node is no member any more: it said so, or it failed. */
  leave: [node: Node, reason: LeaveReason];
  /** A member's metadata or weight changed. */
  update: [node: Node, changed: 'meta' | 'weight'];
  /** A member does not answer; it has some time to object. */
  suspect: [node: Node];
  /** A suspected member objected. */
  alive: [node: Node];
  /** Another node claims the name of a member. It is not let in. */
  conflict: [existing: Node, other: Node];
  /** The application's bytes from another node. */
  message: [payload: Buffer, details: MessageDetails];
  /** Something that whoever runs the cluster should look at, with the likely cause. */
  warning: [warning: Warning];
}

export type LeaveReason = 'left' | 'failed';

export interface MessageDetails {
  /** `broadcast`: to all nodes, once; `packet`: over UDP (also upstream's own gossip); `stream`: over TCP. */
  readonly via: 'broadcast' | 'packet' | 'stream';
  /** The address that it came from: for broadcasts, of whoever passed it on. */
  readonly from: string;
}

export interface Warning {
  readonly code: WarningCode;
  readonly message: string;
  /** The node or address that it is about. */
  readonly about?: string;
}

export type WarningCode =
  /** Others accuse this node again and again. */
  | 'NOT_HEARD'
  /** Its TCP answers, its UDP does not. */
  | 'UDP_UNREACHABLE'
  /** Packets with another label, key or checksum, or none that can be read. */
  | 'PACKET_REJECTED'
  | 'STREAM_REJECTED'
  /** Another node has the name of a member. */
  | 'NAME_CONFLICT'
  /** Versions that cannot live together. */
  | 'INCOMPATIBLE_PROTOCOL'
  /** This process was held up, so it may have missed answers. */
  | 'EVENT_LOOP_LAG'
  /** Reachable from the internet, and not encrypted. */
  | 'PUBLIC_AND_PLAIN'
  | 'REJOIN_FAILED';

/** Calls the listeners of one event. */
export type Emit = <K extends keyof MemberlistEvents>(event: K, ...args: MemberlistEvents[K]) => void;
