/** A message that is to be gossiped. */
export interface Broadcast {
  message: Buffer;
  /** A newer broadcast of the same name replaces this one. Without a name it stands for itself. */
  name?: string;
  /** Called once it has been sent often enough, or was replaced or dropped. */
  onFinished?: (() => void) | undefined;
}

interface Item extends Broadcast {
  transmits: number;
  id: number;
}

/** How often a message is sent before it counts as known: `mult × ceil(log10(n + 1))`. */
export const retransmitLimit = (mult: number, nodes: number): number => mult * Math.ceil(Math.log10(nodes + 1));

/**
 * Broadcasts that wait to ride along with packets. Those sent least often go first, among these the longest, among these the
 * newest; each is dropped after it has been sent `retransmitLimit` times.
 */
export class BroadcastQueue {
  readonly #retransmitMult: number;
  readonly #nodes: () => number;
  /** By the number of times sent; each tier is ordered by length (longest first), then age (newest first). */
  readonly #tiers: Item[][] = [];
  readonly #named = new Map<string, Item>();
  #nextId = 1;
  #size = 0;

  /** @param nodes the number of nodes that the limit is computed from */
  constructor(retransmitMult: number, nodes: () => number) {
    this.#retransmitMult = retransmitMult;
    this.#nodes = nodes;
  }

  get size(): number {
    return this.#size;
  }

  /** Adds a broadcast, in the place of the older one of its name. */
  enqueue(broadcast: Broadcast): void {
    if (this.#size === 0) this.#nextId = 1;
    const item: Item = { ...broadcast, transmits: 0, id: this.#nextId++ };
    if (broadcast.name !== undefined) {
      const older = this.#named.get(broadcast.name);
      if (older) this.#drop(older);
      this.#named.set(broadcast.name, item);
    }
    this.#insert(item);
  }

  /**
   * Takes the messages that fit, counts them as sent once more.
   *
   * @param overhead bytes that each message costs beyond its own
   * @param limit bytes in all
   * @param longest bytes of one message with its overhead
   */
  take(overhead: number, limit: number, longest = limit): Buffer[] {
    if (this.#size === 0) return [];
    const maximum = retransmitLimit(this.#retransmitMult, this.#nodes());
    const taken: Item[] = [];
    let used = 0;
    for (const tier of this.#tiers) {
      if (!tier) continue;
      const room = () => Math.min(limit - used, longest) - overhead;
      for (let at = firstThatFits(tier, room()); at < tier.length; ) {
        const [item] = tier.splice(at, 1) as [Item];
        taken.push(item);
        used += overhead + item.message.length;
        at = Math.max(at, firstThatFits(tier, room()));
      }
    }
    this.#size -= taken.length;
    // Only now are they put back, or one pass would take a message twice; and before anyone is told, who may add others.
    for (const item of taken) if (++item.transmits < maximum) this.#insert(item);
    for (const item of taken) if (item.transmits >= maximum) this.#finish(item);
    return taken.map(({ message }) => message);
  }

  /** Drops those sent most often, until `keep` are left. */
  prune(keep: number): void {
    for (let tier = this.#tiers.length - 1; tier >= 0; tier--) {
      while (this.#size > keep && this.#tiers[tier]!.length > 0) this.#drop(this.#tiers[tier]!.at(-1)!);
    }
  }

  /** Drops all. */
  clear(): void {
    this.prune(0);
  }

  #insert(item: Item): void {
    while (this.#tiers.length <= item.transmits) this.#tiers.push([]);
    const tier = this.#tiers[item.transmits]!;
    tier.splice(positionOf(tier, item), 0, item);
    this.#size++;
  }

  #drop(item: Item): void {
    const tier = this.#tiers[item.transmits]!;
    tier.splice(tier.indexOf(item), 1);
    this.#size--;
    this.#finish(item);
  }

  #finish(item: Item): void {
    if (item.name !== undefined && this.#named.get(item.name) === item) this.#named.delete(item.name);
    item.onFinished?.();
  }
}

/** Binary search: the first message not longer than `length`, for the longest stand first. */
function firstThatFits(tier: readonly Item[], length: number): number {
  let [low, high] = [0, tier.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tier[middle]!.message.length <= length) high = middle;
    else low = middle + 1;
  }
  return low;
}

function positionOf(tier: readonly Item[], { message, id }: Item): number {
  let [low, high] = [0, tier.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = tier[middle]!;
    if (other.message.length < message.length || (other.message.length === message.length && other.id < id))
      high = middle;
    else low = middle + 1;
  }
  return low;
}
