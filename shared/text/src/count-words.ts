/**
 * Counts the words of a text in any language. The text is cut into runs by script, and each run goes to what knows its
 * script: Chinese to jieba, English to a tagger, everything else to Unicode's word rules with a stop list.
 */
import { chinesePos, isChineseNoun, isLikelyName, loadChinese, tagChinese } from './chinese.ts';
import { type CountedWord, createCounter } from './counter.ts';
import { splitElision } from './elision.ts';
import { englishPos, loadEnglish, tagEnglish } from './english.ts';
import { createLatinDetector, type Language, SCRIPT_LANGUAGES, SCRIPT_VARIANTS } from './languages.ts';
import { segmentWords } from './segmenter.ts';
import { fold, stopWords } from './stop-words.ts';
import { cleanText, LONGEST_WORD, type Token, tokenize } from './tokens.ts';

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
  const runs = sortByScript(cleanText(text), options.lang);
  const counter = createCounter();
  const tokensByLanguage = new Map<string, number>();
  const extraStops = new Set(options.stopwords.map((word) => fold(word.trim())));
  const nounsOnly = options.words === 'nouns';

  const see = (language: string) => tokensByLanguage.set(language, (tokensByLanguage.get(language) ?? 0) + 1);
  const isWanted = (word: string, stops: ReadonlySet<string>) => {
    if (word.length > LONGEST_WORD || characters(word) < options.minLength) return false;
    const folded = fold(word);
    return !stops.has(folded) && !extraStops.has(folded);
  };

  const latinStops = stopWords(runs.latinLanguage);
  if (runs.latinLanguage === 'en') {
    for (const { text: word, pos, first, clitic } of tagEnglish(runs.latin)) {
      if (clitic) continue;
      see('en');
      if (nounsOnly && !pos.startsWith('NN')) continue;
      if (isWanted(word, latinStops)) counter.add(word, englishPos(pos), !first);
    }
  } else {
    let first = true;
    for (const token of runs.latin) {
      if (token.kind === 'latin') {
        for (const word of splitElision(token.text, runs.latinLanguage)) {
          see(runs.latinLanguage);
          if (isWanted(word, latinStops)) counter.add(word, null, !first);
          first = false;
        }
      } else if (token.kind === 'end') first = true;
    }
  }

  if (runs.cjkLanguage === 'zh') {
    const stops = stopWords('zh');
    const found = new Map<string, number>();
    for (const { text: word, tag } of tagChinese(runs.cjk)) {
      see('zh');
      if (tag === 'x') found.set(word, (found.get(word) ?? 0) + 1);
      const pos = chinesePos(tag);
      if (pos === undefined || (nounsOnly && !isChineseNoun(tag))) continue;
      if (isWanted(word, stops)) counter.add(word, pos);
    }
    for (const [word, count] of found) {
      if (!isLikelyName(word, count) || !isWanted(word, stops)) continue;
      for (let i = 0; i < count; i++) counter.add(word, 'noun');
    }
  } else {
    const stops = stopWords('ja');
    for (const run of runs.cjk) {
      for (const word of segmentWords(run, 'ja')) {
        see('ja');
        // What has neither kanji nor katakana is grammar, nearly always.
        if (nounsOnly && !/[\p{Script=Han}\p{Script=Katakana}]/u.test(word)) continue;
        if (isWanted(word, stops)) counter.add(word, null);
      }
    }
  }

  for (const run of runs.other) {
    const language = languageOfScript(run, options.lang);
    const stops = stopWords(language);
    for (const word of segmentWords(run, language)) {
      see(language);
      if (isWanted(word, stops)) counter.add(word, null);
    }
  }
  for (const emoji of runs.emoji) if (!extraStops.has(emoji)) counter.add(emoji, 'emoji');

  const counts = [...tokensByLanguage].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const tokens = counts.reduce((sum, [, count]) => sum + count, runs.emoji.length);
  return { lang: counts[0]?.[0] ?? 'und', tokens, words: counter.words() };
}

interface Runs {
  /** Latin words, and the punctuation and numbers between them, which tell the tagger where sentences end. */
  latin: Token[];
  latinLanguage: string;
  cjk: string[];
  cjkLanguage: 'zh' | 'ja';
  other: string[];
  emoji: string[];
}

function sortByScript(text: string, lang: Language): Runs {
  const runs: Runs = { latin: [], latinLanguage: 'en', cjk: [], cjkLanguage: 'zh', other: [], emoji: [] };
  const detector = createLatinDetector();
  let kana = 0;
  let cjkLetters = 0;
  for (const token of tokenize(text)) {
    const { kind } = token;
    if (kind === 'cjk') {
      runs.cjk.push(token.text);
      cjkLetters += token.text.length;
      kana += token.text.match(/[\u3041-\u30ff]/g)?.length ?? 0;
    } else if (kind === 'other') runs.other.push(token.text);
    else if (kind === 'emoji') runs.emoji.push(token.text);
    else {
      if (kind === 'latin') detector.see(fold(token.text));
      runs.latin.push(token);
    }
  }
  runs.latinLanguage = isLatin(lang) ? lang : detector.language();
  // A Japanese text is full of kana; a Chinese one may quote some.
  const isJapanese = lang === 'auto' || (lang !== 'zh' && lang !== 'ja') ? kana > cjkLetters * 0.1 : lang === 'ja';
  runs.cjkLanguage = isJapanese ? 'ja' : 'zh';
  return runs;
}

const NOT_LATIN: ReadonlySet<Language> = new Set([
  'auto',
  'zh',
  'ja',
  'ko',
  'ru',
  'uk',
  'el',
  'ar',
  'fa',
  'he',
  'hi',
  'th',
]);
const isLatin = (lang: Language): boolean => !NOT_LATIN.has(lang);

function languageOfScript(run: string, lang: Language): string {
  const language = SCRIPT_LANGUAGES.find(([script]) => script.test(run.slice(0, 2)))?.[1] ?? 'und';
  return SCRIPT_VARIANTS[lang] === language ? lang : language;
}

/** Code points, not UTF-16 units. */
function characters(word: string): number {
  let count = 0;
  for (const _ of word) count++;
  return count;
}
