/** Takes the words that all languages hand over: leaves out short ones and stop words, counts the rest. */
import { type CountedWord, createCounter } from './counter.ts';
import { singularsOf } from './english-plurals.ts';
import type { Language } from './languages.ts';
import { fold } from './stop-words.ts';
import { LONGEST_WORD } from './tokens.ts';

export interface CountOptions {
  /** `auto` looks at the script and, for Latin letters, at the function words. */
  lang: Language;
  /** `nouns` wants a tagger; in languages without one it means all words but stop words. */
  words: 'nouns' | 'all';
  /** Shortest word in characters; emoji are always long enough. */
  minLength: number;
  /** To leave out beside those of the language, phrases and words of `dictionary` too; case does not matter. */
  stopwords: readonly string[];
  /**
   * Words of the caller's, of any language and with spaces if wished: kept whole wherever they stand, counted whatever their
   * length, and shown as given. Case does not matter, nor do traditional characters. Those beyond 64 characters have no effect.
   * Default: none.
   */
  dictionary?: readonly string[];
  /**
   * Counts phrases of two and three words, and their words only where they stand elsewhere; see phrases.ts. For Latin letters
   * and Chinese. Default: false.
   */
  phrases?: boolean;
  /** Counts an English plural for its singular, where the text has both. Default: true. */
  mergePlurals?: boolean;
  /** Counts numbers, too: 1984, 3.14, 20th. Default: false. */
  numbers?: boolean;
}

export interface CountResult {
  /** BCP 47 code of the language that most words are in; `und` where there are none. */
  lang: string;
  /** All words of the text, stop words and all. */
  tokens: number;
  words: CountedWord[];
}

/** What all languages hand their words to. */
export interface WordFilter {
  readonly nounsOnly: boolean;
  readonly phrases: boolean;
  /** Every word of the text, counted or not. */
  see(language: string): void;
  /** Is the word neither too short nor too long nor a stop word? */
  accepts(word: string, stops: ReadonlySet<string>): boolean;
  /** Counts a word if it is accepted. */
  add(word: string, pos: string | null, stops: ReadonlySet<string>, formCounts?: boolean): void;
  /** Counts what is a word by being marked as one, unless the caller's stop words have it. */
  keep(word: string, pos: string | null, formCounts?: boolean): void;
  /** Counts a number, if numbers are wanted. */
  number(number: string): void;
  emoji(emoji: string): void;
  result(): CountResult;
}

export function createWordFilter(options: CountOptions): WordFilter {
  const {
    words,
    minLength,
    stopwords,
    dictionary = [],
    phrases = false,
    mergePlurals = true,
    numbers = false,
  } = options;
  const counter = createCounter();
  const seen = new Map<string, number>();
  const extraStops = new Set(stopwords.map((word) => fold(word.trim())));
  const isStop = (folded: string, stops: ReadonlySet<string>) => stops.has(folded) || extraStops.has(folded);
  /** Emoji and numbers, which are of no language. */
  let others = 0;
  /** The word folded, undefined where it is not to be counted. */
  const acceptedKey = (word: string, stops: ReadonlySet<string>): string | undefined => {
    if (word.length > LONGEST_WORD || characters(word) < minLength) return undefined;
    const key = fold(word);
    if (key === '' || isStop(key, stops)) return undefined;
    // Stop words do not become a word by being joined, as in est-ce or so-so.
    const isJoined = key.includes('-') && key.split('-').every((part) => isStop(part, stops));
    return isJoined ? undefined : key;
  };
  return {
    nounsOnly: words === 'nouns',
    phrases,
    accepts: (word, stops) => acceptedKey(word, stops) !== undefined,
    see: (language) => void seen.set(language, (seen.get(language) ?? 0) + 1),
    add(word, pos, stops, formCounts) {
      const key = acceptedKey(word, stops);
      if (key !== undefined) counter.add(word, pos, formCounts, key);
    },
    keep(word, pos, formCounts) {
      if (!extraStops.has(fold(word))) counter.add(word, pos, formCounts);
    },
    number(number) {
      if (!numbers) return;
      others++;
      if (acceptedKey(number, NO_STOPS) !== undefined) counter.add(number, 'other');
    },
    emoji(emoji) {
      others++;
      if (!extraStops.has(fold(emoji))) counter.add(emoji.replace(TEXT_BY_DEFAULT, '$&\ufe0f'), 'emoji');
    },
    result() {
      const counts = [...seen].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
      const tokens = counts.reduce((sum, [, count]) => sum + count, others);
      if (mergePlurals) {
        const kept = new Set(dictionary.map(fold));
        counter.mergeNouns((key) => (kept.has(key) ? [] : singularsOf(key)));
      }
      return { lang: counts[0]?.[0] ?? 'und', tokens, words: counter.words() };
    },
  };
}

const NO_STOPS: ReadonlySet<string> = new Set();

/** A picture that programs draw as a letter unless told otherwise. */
const TEXT_BY_DEFAULT = /^\P{Emoji_Presentation}$/u;

/** Code points, not UTF-16 units. */
function characters(word: string): number {
  let count = 0;
  for (const _ of word) count++;
  return count;
}
