import type { Clock } from './clock.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import type { Node } from './node.ts';
import type { Preset, Tuning } from './presets.ts';
import type { TransportFactory } from './transport/transport.ts';
import type { Keyring } from './wire/keyring.ts';

/** All are optional. The tuning's defaults are those of the preset. */
export interface MemberlistOptions extends Partial<Tuning> {
  /** Unique in the cluster. Default: the host's name. */
  name?: string;
  /** Where to listen, UDP and TCP. Default: `0.0.0.0` and 7946; port 0 takes a free one. */
  bind?: { address?: string; port?: number };
  /**
   * What other nodes are told to reach this one. Default: the bound address, or for `0.0.0.0` the first private IPv4 address of
   * this machine; the bound port. A host name is resolved once, at the start.
   */
  advertise?: { address?: string; port?: number };
  /** Default: `lan`. */
  preset?: Preset;
  /** Addresses `[name/]host[:port]` to join in the background, and again whenever they are not members. Default: none. */
  seeds?: readonly string[];
  /** The application's bytes for this node, at most 512; a string is written as UTF-8. Default: empty. */
  meta?: Uint8Array | string;
  /** Share of work that this node wants, 0 to 65535. Default: 1. */
  weight?: number;
  /** Keeps clusters apart that could reach each other; up to 255 bytes, the same on all nodes. Default: none. */
  label?: string;
  /** The label is taken off by something in front of this node. Default: false. */
  skipInboundLabelCheck?: boolean;
  /** Keys of 16, 24 or 32 bytes (AES-128, 192, 256), the first for sending. Default: no encryption. */
  keys?: readonly Uint8Array[];
  /** A keyring to share and to rotate, instead of `keys`. */
  keyring?: Keyring;
  /** Refuse what is not encrypted, when there are keys. Default: true. */
  verifyIncoming?: boolean;
  /** Encrypt what is sent, when there are keys. Default: true. */
  verifyOutgoing?: boolean;
  /** Compress what gets smaller by it. Compressed messages are always understood. Default: true. */
  compression?: boolean;
  /** Version to speak, 1 to 5. Default: 2; what later versions add is used towards nodes that understand it. */
  protocol?: number;
  /** Versions of the application's own protocol; nodes whose ranges do not meet do not join. Default: 0, 0, 0. */
  delegateVersions?: { min: number; max: number; current: number };
  /** Largest packet to send, in bytes; what a network carries without splitting. Default: 1400. */
  packetBytes?: number;
  /** Largest metadata, in bytes. More than 512 only where no Go program takes part. Default: 512. */
  metaBytes?: number;
  /** A node that died may come back under its name at another address after so long; 0: never. Nodes that left may at once. Default: 0. */
  deadNodeReclaimMs?: number;
  /** Probe over TCP too when UDP gets no answer: `false`, or a function of the node's name. Default: true. */
  tcpPings?: boolean | ((name: string) => boolean);
  /** Join only addresses written with the node's name. Default: false. */
  requireNodeNames?: boolean;
  /** Networks such as `10.0.0.0/8` whose nodes may be members. Default: all. */
  allowedCidrs?: readonly string[];
  /** Where to start counting this node's own changes. The time in seconds keeps a restarted node ahead of old news about it. Default: 0. */
  initialIncarnation?: number;
  /** Name server for joining by name over TCP, `host[:port]`. Default: the first of /etc/resolv.conf. */
  dnsServer?: string;
  /** What the application takes part in. */
  delegate?: Delegate;
  /** Default: silent. */
  logger?: Logger;
  /** Default: none. `stats()` has the sums anyway. */
  metrics?: Metrics;
  /** For tests. Default: the system's clock, Math.random, UDP and TCP sockets. */
  clock?: Clock;
  random?: () => number;
  transport?: TransportFactory;
}

/** Hooks of the application. Each is called synchronously; an error that it throws is logged, or means "no" where that is said. */
export interface Delegate {
  /** Messages of the application's own gossip, each up to `limit - overhead` bytes and all together up to `limit`. */
  broadcasts?(overhead: number, limit: number): Uint8Array[];
  /** State that is sent with each full exchange; `join` when this is one's first. */
  localState?(join: boolean): Uint8Array;
  /** The other side's `localState`. */
  mergeRemoteState?(state: Uint8Array, join: boolean): void;
  /** Before a join's nodes are taken over, on both sides. Throwing refuses the join. */
  beforeMerge?(nodes: readonly Node[]): void;
  /** For each word that a node is alive. Throwing ignores it. */
  beforeAlive?(node: Node): void;
  /** Bytes to send with the answer to a probe. */
  ackPayload?(): Uint8Array;
  /** A probe of this node was answered directly. */
  onProbe?(node: Node, roundTripMs: number, payload: Uint8Array): void;
}
