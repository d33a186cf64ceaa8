/**
 * Phrases of two and three words that come together far more often than chance brings them together.
 *
 * A pair counts when Dunning's G² of its parts (log-likelihood.ts) is above the threshold; three words when that holds for the
 * first two with the third, and for the first with the last two.
 */
import { logLikelihood } from './log-likelihood.ts';

/** May stand: nowhere; anywhere but at the end; anywhere; in the middle of three. */
export const ROLES = { none: 0, modifier: 1, head: 2, connector: 3 } as const;

/** Words in their order. */
export interface Sequence {
  /** Number of the word, from 0 on; -1 where no phrase reaches over. */
  types: readonly number[];
  roles: readonly number[];
  typeCount: number;
}

/** Seldomer ones are no phrase of the text. */
export const LEAST_PHRASE_COUNT = 3;
/** One in 10,000 by chance: P. Rayson, D. Berridge, B. Francis, Extending the Cochran rule, JADT 2004. */
export const LEAST_PHRASE_G2 = 15.13;
/** Giving up a phrase leaves its words to others; after so many times none is left that matters. */
const ROUNDS = 3;

/** @returns for each place the length of the phrase that begins there, 0 where none does; they do not overlap */
export function findPhrases(sequence: Sequence): Uint8Array {
  const { types } = sequence;
  const candidates = significantPhrases(sequence);
  const given = new Set<number>();
  let chosen = choose(candidates, types.length, given);
  for (let round = 0; round < ROUNDS; round++) {
    const counts = new Map<number, number>();
    for (let at = 0; at < types.length; at++) {
      const id = chosen[at]! === 0 ? undefined : candidates.id(at, chosen[at]!);
      if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    const rare = [...counts].filter(([, count]) => count < LEAST_PHRASE_COUNT);
    if (rare.length === 0) return chosen;
    for (const [id] of rare) given.add(id);
    if (round < ROUNDS - 1) chosen = choose(candidates, types.length, given);
    // At last they only go.
    else chosen = chosen.map((length, at) => (length > 0 && given.has(candidates.id(at, length)!) ? 0 : length));
  }
  return chosen;
}

interface Candidates {
  /** Number of the phrase of that length at a place, undefined where there is none. */
  id(at: number, length: number): number | undefined;
  g2(id: number): number;
}

/** The longest at each place, unless a better one begins with its second word. */
function choose({ id, g2 }: Candidates, length: number, given: ReadonlySet<number>): Uint8Array {
  const chosen = new Uint8Array(length);
  const usable = (at: number, words: number) => {
    const found = id(at, words);
    return found === undefined || given.has(found) ? undefined : found;
  };
  for (let at = 0; at < length; ) {
    const pair = usable(at, 2);
    if (usable(at, 3) !== undefined) chosen[at] = 3;
    else if (pair !== undefined && usable(at + 1, 3) === undefined) {
      const next = usable(at + 1, 2);
      if (next === undefined || g2(next) <= g2(pair)) chosen[at] = 2;
    }
    at += chosen[at]! || 1;
  }
  return chosen;
}

function significantPhrases({ types, roles, typeCount }: Sequence): Candidates {
  const singles = new Float64Array(typeCount);
  let all = 0;
  for (const type of types) {
    if (type < 0) continue;
    singles[type]!++;
    all++;
  }
  // What is rare alone is rare with others: only the rest needs counting.
  const isFrequent = (type: number | undefined) =>
    type !== undefined && type >= 0 && singles[type]! >= LEAST_PHRASE_COUNT;
  const pairs = createTally();
  const pairAt = types.map((type, at) =>
    isFrequent(type) && isFrequent(types[at + 1]) ? pairs.add(type * typeCount + types[at + 1]!) : -1,
  );
  const pairCount = (at: number) => (pairAt[at]! < 0 ? 0 : pairs.counts[pairAt[at]!]!);
  const triples = createTally();
  const tripleAt = types.map((_, at) =>
    pairCount(at) >= LEAST_PHRASE_COUNT && pairCount(at + 1) >= LEAST_PHRASE_COUNT
      ? triples.add(pairAt[at]! * typeCount + types[at + 2]!)
      : -1,
  );

  // Pairs have the even numbers, triples the odd ones.
  const scores = new Map<number, number>();
  const found = [new Int32Array(types.length).fill(-1), new Int32Array(types.length).fill(-1)] as const;
  for (let at = 0; at < types.length; at++) {
    const [a, b, c] = [types[at]!, types[at + 1]!, types[at + 2]!];
    const starts = roles[at] === ROLES.head || roles[at] === ROLES.modifier;
    if (!starts || pairCount(at) < LEAST_PHRASE_COUNT || a === b) continue;
    if (roles[at + 1] === ROLES.head) {
      const id = pairAt[at]! * 2;
      const g2 = scores.get(id) ?? association(pairCount(at), singles[a]!, singles[b]!, all);
      scores.set(id, g2);
      if (g2 >= LEAST_PHRASE_G2) found[0][at] = id;
    }
    const triple = tripleAt[at]!;
    if (triple < 0 || triples.counts[triple]! < LEAST_PHRASE_COUNT || a === c || b === c) continue;
    if (roles[at + 1] === ROLES.none || roles[at + 2] !== ROLES.head) continue;
    const id = triple * 2 + 1;
    const count = triples.counts[triple]!;
    const g2 =
      scores.get(id) ??
      Math.min(
        association(count, pairCount(at), singles[c]!, all),
        association(count, singles[a]!, pairCount(at + 1), all),
      );
    scores.set(id, g2);
    if (g2 >= LEAST_PHRASE_G2) found[1][at] = id;
  }
  return {
    id(at, length) {
      const id = found[length === 3 ? 1 : 0][at] ?? -1;
      return id < 0 ? undefined : id;
    },
    g2: (id) => scores.get(id)!,
  };
}

/** G², and nothing for words that avoid each other. */
function association(both: number, first: number, second: number, all: number): number {
  return both * all > first * second ? logLikelihood(both, first, second, all) : 0;
}

/** Numbers what it is given from 0 on, and counts it. */
function createTally(): { add(key: number): number; counts: number[] } {
  const ids = new Map<number, number>();
  const counts: number[] = [];
  return {
    counts,
    add(key) {
      let id = ids.get(key);
      if (id === undefined) {
        id = counts.length;
        ids.set(key, id);
        counts.push(0);
      }
      counts[id]!++;
      return id;
    },
  };
}
