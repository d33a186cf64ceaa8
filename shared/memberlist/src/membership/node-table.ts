import type { NodeState } from '../node.ts';
import type { NodeEntry } from './node-entry.ts';

/** All nodes that are known, also the dead that are not yet forgotten, in random order. */
export class NodeTable {
  readonly #entries: NodeEntry[] = [];
  readonly #byName = new Map<string, NodeEntry>();
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  get size(): number {
    return this.#entries.length;
  }

  get entries(): readonly NodeEntry[] {
    return this.#entries;
  }

  get(name: string): NodeEntry | undefined {
    return this.#byName.get(name);
  }

  /** Puts it at a random place, so that the order in which nodes are probed differs from node to node. */
  add(entry: NodeEntry): void {
    const at = Math.floor(this.#random() * (this.#entries.length + 1));
    this.#entries.push(entry);
    this.#swap(at, this.#entries.length - 1);
    this.#byName.set(entry.name, entry);
  }

  /** How many nodes are alive or suspect, this one included. */
  countLive(): number {
    let count = 0;
    for (const { isLive } of this.#entries) if (isLive) count++;
    return count;
  }

  countByState(): Record<NodeState, number> {
    const counts = { alive: 0, suspect: 0, dead: 0, left: 0 };
    for (const { state } of this.#entries) counts[state]++;
    return counts;
  }

  /**
   * Up to `count` different nodes that `accept` likes. In a small table every one of them is found; in a large one only some
   * are tried, so that the cost does not depend on its size.
   */
  pick(count: number, accept: (entry: NodeEntry) => boolean): NodeEntry[] {
    const size = this.#entries.length;
    const picked: NodeEntry[] = [];
    if (size < 3 * count) {
      for (const entry of shuffle([...this.#entries], this.#random)) {
        if (picked.length === count) break;
        if (accept(entry)) picked.push(entry);
      }
      return picked;
    }
    for (let tries = 0; tries < 3 * size && picked.length < count; tries++) {
      const entry = this.#entries[Math.floor(this.#random() * size)]!;
      if (!picked.includes(entry) && accept(entry)) picked.push(entry);
    }
    return picked;
  }

  /** Removes what `isForgotten` says and brings the rest into a new random order. */
  reap(isForgotten: (entry: NodeEntry) => boolean): void {
    let kept = 0;
    for (const entry of this.#entries) {
      if (isForgotten(entry)) this.#byName.delete(entry.name);
      else this.#entries[kept++] = entry;
    }
    this.#entries.length = kept;
    shuffle(this.#entries, this.#random);
  }

  remove(entry: NodeEntry): void {
    this.#entries.splice(this.#entries.indexOf(entry), 1);
    this.#byName.delete(entry.name);
  }

  #swap(a: number, b: number): void {
    [this.#entries[a], this.#entries[b]] = [this.#entries[b]!, this.#entries[a]!];
  }
}

/** Fisher and Yates, in place. */
export function shuffle<T>(items: T[], random: () => number): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    [items[i], items[other]] = [items[other]!, items[i]!];
  }
  return items;
}
