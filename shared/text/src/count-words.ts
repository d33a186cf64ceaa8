/**
 * Counts the words of a text in any language. The text is cut into runs by script, and each run goes to what knows its
 * script: Chinese to jieba, English to a tagger, everything else to Unicode's word rules with a stop list.
 */
import { loadChinese } from './chinese.ts';
import { cleanText } from './clean-text.ts';
import { loadEnglish } from './english-tagger.ts';
import { createLatinDetector, type Language, SCRIPT_LANGUAGES, SCRIPT_VARIANTS } from './languages.ts';
import { fold } from './stop-words.ts';
import { createDictionary, cutTerms } from './terms.ts';
import { type Token, tokenize } from './tokens.ts';
import { type CountOptions, type CountResult, createWordFilter } from './word-filter.ts';
import { chinese, english, japanese, korean, otherScript, plainLatin } from './word-readers.ts';

/** Loads all dictionaries, so that the first text is not slower than the next. */
export function warmUp(): void {
  loadChinese().tag('预热', true);
  loadEnglish().tag(['warm', 'up']);
}

/**
 * @example
 * countWords('The cat saw another cat.', { lang: 'auto', words: 'nouns', minLength: 2, stopwords: [] });
 * // { lang: 'en', tokens: 5, words: [{ word: 'cat', count: 2, pos: 'noun' }] }
 */
export function countWords(text: string, options: CountOptions): CountResult {
  const clean = cleanText(text);
  const { latinLanguage, cjkLanguage, variants } = survey(clean, options.lang);
  const count = createWordFilter(options);

  const latin = latinLanguage === 'en' ? english(count) : plainLatin(latinLanguage, count);
  const cjk = cjkLanguage === 'zh' ? chinese(count) : japanese(count);
  const others = new Map<string, { read(word: string): void; end(): void }>();
  const readOther = (run: string) => {
    const language = languageOfScript(run, variants);
    let reader = others.get(language);
    if (reader === undefined) {
      reader = language === 'ko' ? korean(count) : otherScript(language, count);
      others.set(language, reader);
    }
    reader.read(run);
  };
  const keep = (word: string, pos: string) => {
    if (/\p{Script=Latin}/u.test(word)) count.see(latinLanguage);
    else count.see(CJK.test(word) ? cjkLanguage : languageOfScript(word, variants));
    count.keep(word, pos);
    // The tagger should see that there is a word.
    latin.read({ kind: 'punctuation', text: word });
  };
  const readToken = (token: Token) => {
    const { kind, text } = token;
    if (kind === 'cjk') cjk.read(text);
    else if (kind === 'emoji') count.emoji(text);
    else if (kind === 'other') readOther(text);
    else if (kind === 'tag') keep(text.slice(1).replace(/_+$/, ''), text.startsWith('@') ? 'name' : 'noun');
    else {
      if (kind === 'number') count.number(text.replace(/[.,:]+$/, ''));
      latin.read(token);
      return;
    }
    latin.gap();
  };
  const dictionary = createDictionary(options.dictionary ?? []);
  for (const paragraph of options.phrases ? clean.split(BLANK_LINE) : [clean]) {
    for (const { text: piece, isTerm } of cutTerms(paragraph, dictionary)) {
      if (isTerm) keep(piece, 'noun');
      else for (const token of tokenize(piece)) readToken(token);
    }
    latin.gap();
  }
  for (const reader of [latin, cjk, ...others.values()]) reader.end();
  return count.result();
}

/** No phrase goes on from one paragraph to the next, nor from a headline to what follows. */
const BLANK_LINE = /\n[^\S\n]*\n/;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** So much of a text, taken evenly from all of it, tells its languages as surely as the whole. In UTF-16 units. */
const SAMPLE = { pieces: 64, length: 512 };

interface Survey {
  latinLanguage: string;
  cjkLanguage: 'zh' | 'ja';
  /** What the language is that a script would be taken for otherwise. */
  variants: ReadonlyMap<string, string>;
}

/** Which languages the parts of a text in each script are in. */
function survey(text: string, lang: Language): Survey {
  const detector = createLatinDetector();
  const balance = SCRIPT_VARIANTS.map(() => 0);
  let kana = 0;
  let letters = 0;
  for (const { kind, text: word } of tokenize(sample(text))) {
    if (kind === 'latin') detector.see(fold(word));
    if (kind === 'other') {
      for (const [i, { letters, others }] of SCRIPT_VARIANTS.entries()) {
        balance[i]! += (word.match(letters)?.length ?? 0) - (word.match(others)?.length ?? 0);
      }
    }
    if (kind !== 'cjk') continue;
    letters += word.length;
    kana += word.match(/[\u3041-\u30ff]/g)?.length ?? 0;
  }
  // A Japanese text is full of kana; a Chinese one may quote some.
  const cjkLanguage = lang === 'zh' || lang === 'ja' ? lang : kana > letters * 0.1 ? 'ja' : 'zh';
  const variants = SCRIPT_VARIANTS.filter(
    ({ language, of }, i) => lang === language || (lang !== of && balance[i]! > 0),
  );
  return {
    latinLanguage: isLatin(lang) ? lang : detector.language(),
    cjkLanguage,
    variants: new Map(variants.map(({ of, language }) => [of, language])),
  };
}

function sample(text: string): string {
  const { pieces, length } = SAMPLE;
  if (text.length <= pieces * length) return text;
  const distance = text.length / pieces;
  return Array.from({ length: pieces }, (_, i) => text.slice(i * distance, i * distance + length)).join('\n');
}

const NOT_LATIN: ReadonlySet<Language> = new Set([
  ...(['auto', 'zh', 'ja', 'ko', 'ru', 'uk', 'el', 'ar', 'fa', 'he', 'hi', 'th'] as const),
]);
const isLatin = (lang: Language): boolean => !NOT_LATIN.has(lang);

function languageOfScript(run: string, variants: ReadonlyMap<string, string>): string {
  const language = SCRIPT_LANGUAGES.find(([script]) => script.test(run.slice(0, 2)))?.[1] ?? 'und';
  return variants.get(language) ?? language;
}
