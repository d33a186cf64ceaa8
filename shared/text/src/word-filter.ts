/** Takes the words that all languages hand over: leaves out short ones and stop words, counts the rest. */
import { type CountedWord, createCounter } from './counter.ts';
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
  /** To leave out beside those of the language; case does not matter. */
  stopwords: readonly string[];
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
  /** Every word of the text, counted or not. */
  see(language: string): void;
  /** Counts a word unless it is too short, too long or a stop word. */
  add(word: string, pos: string | null, stops: ReadonlySet<string>, formCounts?: boolean): void;
  emoji(emoji: string): void;
  result(): CountResult;
}

export function createWordFilter({ words, minLength, stopwords }: CountOptions): WordFilter {
  const counter = createCounter();
  const seen = new Map<string, number>();
  const extraStops = new Set(stopwords.map((word) => fold(word.trim())));
  const isStop = (folded: string, stops: ReadonlySet<string>) => stops.has(folded) || extraStops.has(folded);
  let emojiCount = 0;
  return {
    nounsOnly: words === 'nouns',
    see: (language) => void seen.set(language, (seen.get(language) ?? 0) + 1),
    add(word, pos, stops, formCounts) {
      if (word.length > LONGEST_WORD || characters(word) < minLength) return;
      const folded = fold(word);
      if (folded === '' || isStop(folded, stops)) return;
      // Stop words do not become a word by being joined, as in est-ce or so-so.
      if (folded.includes('-') && folded.split('-').every((part) => isStop(part, stops))) return;
      counter.add(word, pos, formCounts);
    },
    emoji(emoji) {
      emojiCount++;
      if (!extraStops.has(fold(emoji))) counter.add(emoji.replace(TEXT_BY_DEFAULT, '$&\ufe0f'), 'emoji');
    },
    result() {
      const counts = [...seen].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
      const tokens = counts.reduce((sum, [, count]) => sum + count, emojiCount);
      return { lang: counts[0]?.[0] ?? 'und', tokens, words: counter.words() };
    },
  };
}

/** A picture that programs draw as a letter unless told otherwise. */
const TEXT_BY_DEFAULT = /^\P{Emoji_Presentation}$/u;

/** Code points, not UTF-16 units. */
function characters(word: string): number {
  let count = 0;
  for (const _ of word) count++;
  return count;
}
