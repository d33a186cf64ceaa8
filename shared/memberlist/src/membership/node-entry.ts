import { addressFromBytes, addressToBytes } from '../addresses.ts';
import { NODE_STATES, type Node, type NodeState, type VersionRange } from '../node.ts';
import type { NodeRecord } from '../wire/messages.ts';
import type { Suspicion } from './suspicion.ts';

const NO_BYTES = new Uint8Array(0);

/** Nearly all nodes speak the same versions, and a thousand of them in one process need not each keep a copy. */
const versionsSeen = new Map<number, Uint8Array>();
const VERSIONS_SEEN_LIMIT = 1_000;

function shared(versions: Uint8Array): Uint8Array {
  const key = versions.reduce((sum, version) => sum * 256 + version, 0);
  const seen = versionsSeen.get(key);
  if (seen || versionsSeen.size >= VERSIONS_SEEN_LIMIT) return seen ?? versions.slice();
  const copy = versions.slice();
  versionsSeen.set(key, copy);
  return copy;
}

const NO_VERSIONS = shared(new Uint8Array(6));

/** What is known of a node: a row of the node table. */
export class NodeEntry {
  readonly name: string;
  address: string;
  /** Some peers write IPv4 in 16 bytes. What came so goes on so, for they compare the bytes. */
  mapped: boolean;
  port: number;
  #meta: Uint8Array = NO_BYTES;
  #versions: Uint8Array = NO_VERSIONS;
  incarnation = 0;
  state: NodeState = 'dead';
  /** When the state last changed, by the clock's `now`. */
  changedAt: number;
  suspicion: Suspicion | undefined;
  weight = 1;
  #snapshot: Node | undefined;

  constructor(name: string, place: NodePlace, now: number) {
    this.name = name;
    this.address = place.address;
    this.mapped = place.mapped;
    this.port = place.port;
    this.changedAt = now;
  }

  get meta(): Uint8Array {
    return this.#meta;
  }

  set meta(meta: Uint8Array) {
    this.#meta = meta.length === 0 ? NO_BYTES : meta;
  }

  /** Protocol min, max, current; delegate min, max, current. */
  get versions(): Uint8Array {
    return this.#versions;
  }

  set versions(versions: Uint8Array) {
    this.#versions = shared(versions);
  }

  /** Alive, or not yet given up. */
  get isLive(): boolean {
    return this.state === 'alive' || this.state === 'suspect';
  }

  /** The highest version of the protocol that the node understands. */
  get maxProtocol(): number {
    return this.versions[1]!;
  }

  isAt(place: NodePlace): boolean {
    return this.address === place.address && this.port === place.port;
  }

  moveTo(place: NodePlace): void {
    ({ address: this.address, mapped: this.mapped, port: this.port } = place);
    this.changed();
  }

  /** Must be called after any change, so that the next snapshot shows it. */
  changed(): void {
    this.#snapshot = undefined;
  }

  snapshot(): Node {
    this.#snapshot ??= nodeSnapshot(this);
    return this.#snapshot;
  }

  /** The row as push/pull carries it. */
  record(): NodeRecord {
    return {
      name: this.name,
      addr: addressBytes(this),
      port: this.port,
      meta: this.meta,
      incarnation: this.incarnation,
      state: NODE_STATES.indexOf(this.state),
      vsn: this.versions,
    };
  }
}

/** An address as it came over the wire. */
export interface NodePlace {
  address: string;
  port: number;
  mapped: boolean;
}

/** @returns undefined where the bytes are no IP address */
export function placeOf(addr: Uint8Array, port: number): NodePlace | undefined {
  const address = addressFromBytes(addr);
  return address === undefined ? undefined : { address, port, mapped: addr.length === 16 && !address.includes(':') };
}

/** The bytes of an address, in the form in which they came. */
export function addressBytes({ address, mapped }: Pick<NodePlace, 'address' | 'mapped'>): Uint8Array {
  const bytes = addressToBytes(address);
  return mapped ? Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, ...bytes) : bytes;
}

type NodeFacts = Pick<
  NodeEntry,
  'name' | 'address' | 'port' | 'meta' | 'state' | 'incarnation' | 'weight' | 'versions'
>;

/** A value for the application: frozen, with bytes of its own. */
export function nodeSnapshot(facts: NodeFacts): Node {
  const { name, address, port, meta, state, incarnation, weight, versions } = facts;
  return Object.freeze({
    name,
    address,
    port,
    meta: meta.length === 0 ? NO_BYTES : meta.slice(),
    state,
    incarnation,
    weight,
    protocol: range(versions, 0),
    delegate: range(versions, 3),
  });
}

/** As for the versions themselves, one value does for all nodes that speak the same. */
const ranges = new Map<number, VersionRange>();

function range(versions: Uint8Array, at: number): VersionRange {
  const [min = 0, max = 0, current = 0] = versions.subarray(at, at + 3);
  const key = (min << 16) | (max << 8) | current;
  const known = ranges.get(key) ?? Object.freeze({ min, max, current });
  if (ranges.size < VERSIONS_SEEN_LIMIT) ranges.set(key, known);
  return known;
}
