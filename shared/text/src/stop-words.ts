/** Words that say nothing about a text. Lists of stopwords-iso, and for English one that takes only what is meant. */
import { createRequire } from 'node:module';
import { ENGLISH_STOP_WORDS } from './english-stop-words.ts';

let lists: Record<string, string[]> | undefined;
const sets = new Map<string, ReadonlySet<string>>();

/** Folded: lower case, composed. Empty for languages without a list. */
export function stopWords(language: string): ReadonlySet<string> {
  const known = sets.get(language);
  if (known) return known;
  const set = new Set((language === 'en' ? ENGLISH_STOP_WORDS : listOf(language)).map(fold));
  sets.set(language, set);
  return set;
}

function listOf(language: string): readonly string[] {
  lists ??= createRequire(import.meta.url)('stopwords-iso/stopwords-iso.json') as Record<string, string[]>;
  return lists[language] ?? [];
}

/** One form for what counts as the same word. */
export function fold(word: string): string {
  const lower = word.toLowerCase();
  // Most words are plain letters; what follows would find nothing to do in them.
  return PLAIN.test(lower) ? lower : lower.normalize('NFC').replaceAll('’', "'");
}

const PLAIN = /^[a-z'-]*$/;
