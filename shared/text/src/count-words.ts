/**
 * Counts the words of a text in any language. The text is cut into runs by script, and each run goes to what knows its
 * script: Chinese to jieba, English to a tagger, everything else to Unicode's word rules with a stop list.
 */
import { chinesePos, createChineseReader, isChineseNoun, isLikelyName, loadChinese } from './chinese.ts';
import { cleanText } from './clean-text.ts';
import { type CountedWord, createCounter } from './counter.ts';
import { splitElision } from './elision.ts';
import { createEnglishReader, englishPos, loadEnglish } from './english.ts';
import { createLatinDetector, type Language, SCRIPT_LANGUAGES, SCRIPT_VARIANTS } from './languages.ts';
import { segmentWords } from './segmenter.ts';
import { fold, stopWords } from './stop-words.ts';
import { LONGEST_WORD, type Token, tokenize } from './tokens.ts';
import { toSimplified } from './traditional.ts';

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

/** Loads all dictionaries, so that the first text is not slower than the next. */
export function warmUp(): void {
  loadChinese().tag('预热', true);
  loadEnglish().tagRawTokens(['warm', 'up']);
}

/**
 * @example
 * countWords('The cat saw another cat.', { lang: 'auto', words: 'nouns', minLength: 2, stopwords: [] });
 * // { lang: 'en', tokens: 5, words: [{ word: 'cat', count: 2, pos: 'noun' }] }
 */
export function countWords(text: string, options: CountOptions): CountResult {
  const clean = cleanText(text);
  const { latinLanguage, cjkLanguage } = survey(clean, options.lang);
  const count = createWordFilter(options);

  const latin = latinLanguage === 'en' ? english(count) : plainLatin(latinLanguage, count);
  const cjk = cjkLanguage === 'zh' ? chinese(count) : japanese(count);
  for (const token of tokenize(clean)) {
    if (token.kind === 'cjk') cjk.read(token.text);
    else if (token.kind === 'emoji') count.emoji(token.text);
    else if (token.kind === 'other') readOther(token.text, options.lang, count);
    else latin.read(token);
  }
  latin.end();
  cjk.end();
  return count.result();
}

/** What all languages hand their words to. */
interface WordFilter {
  readonly nounsOnly: boolean;
  /** Every word of the text, counted or not. */
  see(language: string): void;
  /** Counts a word unless it is too short, too long or a stop word. */
  add(word: string, pos: string | null, stops: ReadonlySet<string>, formCounts?: boolean): void;
  emoji(emoji: string): void;
  result(): CountResult;
}

function createWordFilter({ words, minLength, stopwords }: CountOptions): WordFilter {
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

function english(count: WordFilter) {
  const stops = stopWords('en');
  return createEnglishReader(({ text, pos, first, clitic }) => {
    if (clitic) return;
    count.see('en');
    if (!count.nounsOnly || pos.startsWith('NN')) count.add(text, englishPos(pos), stops, !first);
  });
}

/** A language in Latin letters without a tagger. */
function plainLatin(language: string, count: WordFilter) {
  const stops = stopWords(language);
  let first = true;
  return {
    read({ kind, text }: Token) {
      if (kind === 'end') first = true;
      if (kind !== 'latin') return;
      const { article, word } = splitElision(text, language);
      if (article) count.see(language);
      count.see(language);
      count.add(word, null, stops, article || !first);
      first = false;
    },
    end() {},
  };
}

function chinese(count: WordFilter) {
  const stops = stopWords('zh');
  const found = new Map<string, number>();
  const reader = createChineseReader(({ text, simplified, tag }) => {
    count.see('zh');
    if (tag === 'x') found.set(text, (found.get(text) ?? 0) + 1);
    const pos = chinesePos(tag);
    if (pos === undefined || (count.nounsOnly && !isChineseNoun(tag))) return;
    if (!stops.has(simplified)) count.add(text, pos, stops);
  });
  return {
    read: reader.read,
    end() {
      reader.end();
      for (const [word, times] of found) {
        if (isLikelyName(toSimplified(word), times)) for (let i = 0; i < times; i++) count.add(word, 'noun', stops);
      }
    },
  };
}

function japanese(count: WordFilter) {
  const stops = stopWords('ja');
  return {
    read(run: string) {
      for (const word of segmentWords(run, 'ja')) {
        count.see('ja');
        // What has neither kanji nor katakana is grammar, nearly always.
        if (!count.nounsOnly || /[\p{Script=Han}\p{Script=Katakana}]/u.test(word)) count.add(word, null, stops);
      }
    },
    end() {},
  };
}

function readOther(run: string, lang: Language, count: WordFilter): void {
  const language = languageOfScript(run, lang);
  const stops = stopWords(language);
  for (const word of segmentWords(run, language)) {
    count.see(language);
    count.add(word, null, stops);
  }
}

/** Which languages the Latin and the Chinese or Japanese parts of a text are in. */
function survey(text: string, lang: Language): { latinLanguage: string; cjkLanguage: 'zh' | 'ja' } {
  const detector = createLatinDetector();
  let kana = 0;
  let letters = 0;
  for (const { kind, text: word } of tokenize(text)) {
    if (kind === 'latin') detector.see(fold(word));
    if (kind !== 'cjk') continue;
    letters += word.length;
    kana += word.match(/[\u3041-\u30ff]/g)?.length ?? 0;
  }
  // A Japanese text is full of kana; a Chinese one may quote some.
  const cjkLanguage = lang === 'zh' || lang === 'ja' ? lang : kana > letters * 0.1 ? 'ja' : 'zh';
  return { latinLanguage: isLatin(lang) ? lang : detector.language(), cjkLanguage };
}

const NOT_LATIN: ReadonlySet<Language> = new Set([
  ...(['auto', 'zh', 'ja', 'ko', 'ru', 'uk', 'el', 'ar', 'fa', 'he', 'hi', 'th'] as const),
]);
const isLatin = (lang: Language): boolean => !NOT_LATIN.has(lang);

function languageOfScript(run: string, lang: Language): string {
  const language = SCRIPT_LANGUAGES.find(([script]) => script.test(run.slice(0, 2)))?.[1] ?? 'und';
  return SCRIPT_VARIANTS[lang] === language ? lang : language;
}

/** A picture that programs draw as a letter unless told otherwise. */
const TEXT_BY_DEFAULT = /^\P{Emoji_Presentation}$/u;

/** Code points, not UTF-16 units. */
function characters(word: string): number {
  let count = 0;
  for (const _ of word) count++;
  return count;
}
