/** What this node believes of another. `left`: it said good-bye; `dead`: it was found to have failed. */
export type NodeState = 'alive' | 'suspect' | 'dead' | 'left';

/** On the wire, states are these positions. */
export const NODE_STATES: readonly NodeState[] = ['alive', 'suspect', 'dead', 'left'];

export interface VersionRange {
  readonly min: number;
  readonly max: number;
  readonly current: number;
}

/** A node as it was known at one moment. Never changes: a new one is made when something changes. */
export interface Node {
  readonly name: string;
  /** IP address, canonical: `127.0.0.1` also where a peer wrote `::ffff:127.0.0.1`. */
  readonly address: string;
  /** UDP and TCP. */
  readonly port: number;
  /** The application's bytes, at most 512. Yours to read, not to change. */
  readonly meta: Uint8Array;
  readonly state: NodeState;
  /** Grows with each change that the node itself announces. */
  readonly incarnation: number;
  /** Share of work that the node wants, as told by itself; 1 unless it said otherwise. */
  readonly weight: number;
  /** Versions of the memberlist protocol. */
  readonly protocol: VersionRange;
  /** Versions of the application's protocol. */
  readonly delegate: VersionRange;
}

/** `host:port`, with brackets around IPv6. */
export const addressText = ({ address, port }: { address: string; port: number }): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
