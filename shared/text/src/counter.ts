/** Counts words: forms that differ in case are one word, shown in the form that is used most. */
import { fold } from './stop-words.ts';

export interface CountedWord {
  word: string;
  count: number;
  pos: string | null;
}

interface Entry {
  count: number;
  forms: Map<string, number>;
  tags: Map<string, number>;
}

export interface Counter {
  /**
   * @param pos part of speech, null where the language has no tagger
   * @param formCounts false for a form that says nothing of how the word is written, as at the start of a sentence
   * @param key the word folded, where that is known
   */
  add(word: string, pos: string | null, formCounts?: boolean, key?: string): void;
  /**
   * Counts nouns that are forms of another noun for that one; shown is the form that is used more, of equals the other one.
   *
   * @param basesOf what a word may be a form of, the likeliest first
   */
  mergeNouns(basesOf: (key: string) => readonly string[]): void;
  /** Most frequent first, ties in the order of code points. */
  words(): CountedWord[];
}

export function createCounter(): Counter {
  const entries = new Map<string, Entry>();
  return {
    add(word, pos, formCounts = true, key = fold(word)) {
      let entry = entries.get(key);
      if (entry === undefined) {
        entry = { count: 0, forms: new Map(), tags: new Map() };
        entries.set(key, entry);
      }
      entry.count++;
      entry.forms.set(word, (entry.forms.get(word) ?? 0) + (formCounts ? 1 : 0));
      if (pos !== null) entry.tags.set(pos, (entry.tags.get(pos) ?? 0) + 1);
    },
    mergeNouns(basesOf) {
      const isNoun = (entry: Entry | undefined) => entry !== undefined && mostFrequent(entry.tags) === 'noun';
      for (const [key, entry] of entries) {
        const baseKey = basesOf(key).find((base) => isNoun(entries.get(base)));
        if (baseKey === undefined || !isNoun(entry)) continue;
        const base = entries.get(baseKey)!;
        if (entry.count > base.count) base.forms = entry.forms;
        base.count += entry.count;
        entries.delete(key);
      }
    },
    words() {
      const words = Array.from(entries.values(), ({ count, forms, tags }) => ({
        word: mostFrequent(forms)!,
        count,
        pos: mostFrequent(tags) ?? null,
      }));
      return words.sort((a, b) => b.count - a.count || compareCodePoints(a.word, b.word));
    },
  };
}

/** Of equals the last in code point order: lower case comes before upper case that way. */
function mostFrequent(counts: Map<string, number>): string | undefined {
  let best: string | undefined;
  let most = -1;
  for (const [value, count] of counts) {
    if (count > most || (count === most && compareCodePoints(value, best!) > 0)) [best, most] = [value, count];
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
