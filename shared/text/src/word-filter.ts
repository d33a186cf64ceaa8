/** Takes the words that all languages hand over: leaves out short ones and stop words, counts the rest. */
import { type CountedWord, createCounter, type MergeRules } from './counter.ts';
import { singularsOf } from './english-plurals.ts';
import { loadEnglish } from './english-tagger.ts';
import type { Language } from './languages.ts';
import { beginsWithArticle, withoutPrefix } from './prefixes.ts';
import { fold } from './stop-words.ts';
import { LONGEST_WORD } from './tokens.ts';

export interface CountOptions {
  /** `auto` looks at the script and, for Latin letters, at the function words. */
  lang: Language;
  /** `nouns` wants a tagger; Japanese, Korean and German are told by their writing, elsewhere it means all words but stop words. */
  words: 'nouns' | 'all';
  /**
   * Shortest word in characters; emoji are always long enough. A kanji that is a word by itself in Japanese (猫, 水) and a Korean
   * syllable that the text has with several particles (돈을, 돈이) count for two; a single Chinese character is one.
   */
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
  /** Counts an English plural for its singular, where the text has both; see english-plurals.ts. Default: true. */
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
  /**
   * Counts a word if it is accepted.
   *
   * @param length what it counts for by `minLength`; its characters unless given
   */
  add(word: string, pos: string | null, stops: ReadonlySet<string>, formCounts?: boolean, length?: number): void;
  /** Counts what is a word by being marked as one, unless the caller's stop words have it. */
  keep(word: string, pos: string | null, formCounts?: boolean): void;
  /** How often has it been counted so far? */
  counted(word: string): number;
  /** Takes out again what has turned out to be no noun. */
  remove(word: string): void;
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
  const seen = new Map<string, { language: string; words: number }>();
  let last = { language: '', words: 0 };
  const extraStops = new Set(stopwords.map((word) => fold(word.trim())));
  const isStop = (folded: string, stops: ReadonlySet<string>) => stops.has(folded) || extraStops.has(folded);
  /** Emoji and numbers, which are of no language. */
  let others = 0;
  /** The word folded, undefined where it is not to be counted. */
  const acceptedKey = (word: string, stops: ReadonlySet<string>, length = characters(word)): string | undefined => {
    if (word.length > LONGEST_WORD || length < minLength) return undefined;
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
    see(language) {
      // Most words are in the language of the word before.
      if (language !== last.language) {
        last = seen.get(language) ?? { language, words: 0 };
        seen.set(language, last);
      }
      last.words++;
    },
    add(word, pos, stops, formCounts, length) {
      const key = acceptedKey(word, stops, length);
      if (key !== undefined) counter.add(word, pos, formCounts, key);
    },
    keep(word, pos, formCounts) {
      if (!extraStops.has(fold(word))) counter.add(word, pos, formCounts);
    },
    counted: (word) => counter.count(fold(word)),
    remove: (word) => counter.remove(fold(word)),
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
      const languages = [...seen.values()].sort((a, b) => b.words - a.words || (a.language < b.language ? -1 : 1));
      const hasPrefixes = WITH_PREFIXES.some((language) => seen.has(language));
      const tokens = languages.reduce((sum, { words }) => sum + words, others);
      const kept = new Set(dictionary.map(fold));
      for (const rules of [...(mergePlurals ? [PLURALS] : []), ...(hasPrefixes ? [PREFIXES] : [])]) {
        counter.merge({ ...rules, basesOf: (key) => (kept.has(key) ? [] : rules.basesOf(key)) });
      }
      return { lang: languages[0]?.language ?? 'und', tokens, words: counter.words() };
    },
  };
}

const PLURALS: MergeRules = {
  basesOf: singularsOf,
  // Of names those that are words beside that: States and Laws have a singular, Adams has none.
  mayBeOne: (pos, basePos, baseKey) =>
    pos === basePos && (pos === 'noun' || (pos === 'name' && loadEnglish().mayBe(baseKey, 'NN'))),
  mayBeShown: () => true,
};

const PREFIXES: MergeRules = {
  basesOf: withoutPrefix,
  mayBeOne: (pos, basePos) => pos === null && basePos === null,
  mayBeShown: beginsWithArticle,
};

/** Languages that write articles and conjunctions onto words. */
const WITH_PREFIXES: readonly string[] = ['ar', 'he'];

const NO_STOPS: ReadonlySet<string> = new Set();

/** A picture that programs draw as a letter unless told otherwise. */
const TEXT_BY_DEFAULT = /^\P{Emoji_Presentation}$/u;

/** Code points, not UTF-16 units. */
function characters(word: string): number {
  let count = 0;
  for (const _ of word) count++;
  return count;
}
