/** Words that say nothing about a text. Lists of stopwords-iso, and for English one that takes only what is meant. */
import { createRequire } from 'node:module';
import { CHINESE_STOP_WORDS } from './chinese-stop-words.ts';
import { ENGLISH_STOP_WORDS } from './english-stop-words.ts';
import { JAPANESE_STOP_WORDS } from './japanese.ts';
import { KOREAN_STOP_WORDS } from './korean.ts';
import { MORE_STOP_WORDS } from './more-stop-words.ts';
import { ARABIC_STOP_WORDS } from './prefixes.ts';

let lists: Record<string, string[]> | undefined;
const sets = new Map<string, ReadonlySet<string>>();

const OWN_LISTS: Record<string, readonly string[]> = {
  zh: CHINESE_STOP_WORDS,
  ja: JAPANESE_STOP_WORDS,
  ko: KOREAN_STOP_WORDS,
  ar: ARABIC_STOP_WORDS,
  ...MORE_STOP_WORDS,
};
/** In texts of all languages. */
const EVERYWHERE = ['etc'];

/** Folded: lower case, composed. Empty for languages without a list. */
export function stopWords(language: string): ReadonlySet<string> {
  const known = sets.get(language);
  if (known) return known;
  // The list of stopwords-iso for English takes too many words that mean something.
  const list = language === 'en' ? ENGLISH_STOP_WORDS : [...listOf(language), ...(OWN_LISTS[language] ?? [])];
  const set = new Set((list.length > 0 ? [...list, ...EVERYWHERE] : []).map(fold));
  sets.set(language, set);
  return set;
}

function listOf(language: string): readonly string[] {
  lists ??= createRequire(import.meta.url)('stopwords-iso/stopwords-iso.json') as Record<string, string[]>;
  return lists[language] ?? [];
}

/**
 * One form for what counts as the same word: lower case, `ss` for ß, one kind of apostrophe, Arabic and Hebrew without
 * vowel signs, emoji without the sign that asks for colour.
 */
export function fold(word: string): string {
  const lower = word.toLowerCase();
  // Most words are plain letters; what follows would find nothing to do in them.
  if (PLAIN.test(lower)) return lower;
  return lower.normalize('NFC').replace(UNEQUAL, (sign) => (sign === '’' ? "'" : sign === 'ß' ? 'ss' : ''));
}

const PLAIN = /^[a-z'-]*$/;
/** The dot is what is left of the Turkish İ; U+0640 only stretches an Arabic word. */
const UNEQUAL = /[’ß]|\ufe0f|\u0640|\u0670|[\u0591-\u05bd]|[\u05bf-\u05c7]|[\u064b-\u0652]|(?<=i)\u0307/g;
