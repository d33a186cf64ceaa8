/** Counts words: forms that differ in case are one word, shown in the form that is used most. */
import { fold } from './stop-words.ts';

export interface CountedWord {
  word: string;
  count: number;
  pos: string | null;
}

/** Counts of a few values; most words have one form and one tag, and a map for each would cost more than all the rest. */
interface Tally {
  first: string;
  times: number;
  others: Map<string, number> | undefined;
}

interface Entry {
  count: number;
  forms: Tally;
  tags: Tally | undefined;
}

export interface MergeRules {
  /** What a word may be a form of, the likeliest first. */
  basesOf(key: string): readonly string[];
  /** Are these parts of speech those of one word? */
  mayBeOne(pos: string | null, basePos: string | null, baseKey: string): boolean;
  /** False for a form that is never shown, however often it is used. */
  mayBeShown(key: string): boolean;
}

export interface Counter {
  /**
   * @param pos part of speech, null where the language has no tagger
   * @param formCounts false for a form that says nothing of how the word is written, as at the start of a sentence
   * @param key the word folded, where that is known
   */
  add(word: string, pos: string | null, formCounts?: boolean, key?: string): void;
  count(key: string): number;
  remove(key: string): void;
  /** Counts forms of another word for that one; shown is the form that is used more, of equals the other one. */
  merge(rules: MergeRules): void;
  /** Most frequent first, ties in the order of code points. */
  words(): CountedWord[];
}

export function createCounter(): Counter {
  const entries = new Map<string, Entry>();
  return {
    add(word, pos, formCounts = true, key = fold(word)) {
      const times = formCounts ? 1 : 0;
      const entry = entries.get(key);
      if (entry === undefined) {
        const forms = { first: word, times, others: undefined };
        const tags = pos === null ? undefined : { first: pos, times: 1, others: undefined };
        entries.set(key, { count: 1, forms, tags });
        return;
      }
      entry.count++;
      tally(entry.forms, word, times);
      if (pos === null) return;
      if (entry.tags === undefined) entry.tags = { first: pos, times: 1, others: undefined };
      else tally(entry.tags, pos, 1);
    },
    count: (key) => entries.get(key)?.count ?? 0,
    remove: (key) => void entries.delete(key),
    merge({ basesOf, mayBeOne, mayBeShown }) {
      const posOf = ({ tags }: Entry) => (tags === undefined ? null : mostFrequent(tags));
      for (const [key, entry] of entries) {
        for (const baseKey of basesOf(key)) {
          const base = entries.get(baseKey);
          if (base === undefined || !mayBeOne(posOf(entry), posOf(base), baseKey)) continue;
          if (entry.count > base.count && mayBeShown(key)) base.forms = entry.forms;
          base.count += entry.count;
          entries.delete(key);
          break;
        }
      }
    },
    words() {
      const words = Array.from(entries.values(), ({ count, forms, tags }) => ({
        word: mostFrequent(forms),
        count,
        pos: tags === undefined ? null : mostFrequent(tags),
      }));
      return words.sort((a, b) => b.count - a.count || compareCodePoints(a.word, b.word));
    },
  };
}

function tally(counts: Tally, value: string, times: number): void {
  if (value === counts.first) {
    counts.times += times;
    return;
  }
  counts.others ??= new Map();
  counts.others.set(value, (counts.others.get(value) ?? 0) + times);
}

/** Of equals the last in code point order: lower case comes before upper case that way. */
function mostFrequent({ first, times, others }: Tally): string {
  let [best, most] = [first, times];
  for (const [value, count] of others ?? []) {
    if (count > most || (count === most && compareCodePoints(value, best) > 0)) [best, most] = [value, count];
  }
  return best;
}

/** UTF-16 order is not code point order beyond the basic plane. */
function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x === y) continue;
    const isSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdfff;
    if (isSurrogate(x) !== isSurrogate(y)) return isSurrogate(x) ? 1 : -1;
    return x - y;
  }
  return a.length - b.length;
}
