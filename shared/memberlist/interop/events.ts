/** The JSON lines of a peer, as `README.md` describes them, and words about them for messages of failed tests. */

export type NodeState = 'alive' | 'suspect' | 'dead' | 'left';

export interface PeerNode {
  name: string;
  address: string;
  port: number;
  meta: string;
  state?: NodeState;
  incarnation?: number;
}

export interface PeerLine {
  event:
    | 'ready'
    | 'join'
    | 'leave'
    | 'update'
    | 'suspect'
    | 'alive'
    | 'message'
    | 'state'
    | 'conflict'
    | 'members'
    | 'stats'
    | 'error';
  /** The peer's clock, in milliseconds. */
  t: number;
  node?: PeerNode;
  /** Of a conflict: the newcomer that has the name of `node`. */
  other?: PeerNode;
  /** Of `members`. */
  nodes?: PeerNode[];
  reason?: 'left' | 'failed';
  /** Of `message` and `state`. */
  text?: string;
  hex?: string;
  error?: string;
}

export interface PeerEvent extends PeerLine {
  /** Unix milliseconds. */
  receivedAt: number;
}

export type Predicate = (event: PeerEvent) => boolean;

/** Matches events of that type about that node, whose node has the given values. */
export function about(event: PeerEvent['event'], name: string, values: Partial<PeerNode> = {}): Predicate {
  return (seen) =>
    seen.event === event &&
    seen.node?.name === name &&
    Object.entries(values).every(([key, value]) => seen.node![key as keyof PeerNode] === value);
}

export const left = (name: string, reason: 'left' | 'failed'): Predicate => {
  const isLeave = about('leave', name);
  return (seen) => isLeave(seen) && seen.reason === reason;
};

export const message =
  (text: string): Predicate =>
  (seen) =>
    seen.event === 'message' && seen.text === text;

export const state =
  (text: string): Predicate =>
  (seen) =>
    seen.event === 'state' && seen.text === text;
