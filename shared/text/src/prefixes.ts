/**
 * Arabic and Hebrew write the article and "and" onto the word that follows. Which words have one, the text must say, by having
 * both forms, since many words begin with the same letters.
 */

/** Prepositions with their object, and places, which the list of stopwords-iso lacks. */
export const ARABIC_STOP_WORDS: readonly string[] =
  'فوق تحت أمام وراء خلف حول داخل خارج قرب عند عنده عندها عندي عندهم لديه لديها لدي معه معها به بها فيه فيها منه منها عليه عليها إليه إليها له لها كل بعض'.split(
    ' ',
  );

/** Conjunctions, prepositions and the article, the longest first; and what stays in place of them. */
const ARABIC: [prefix: RegExp, instead: string][] = [
  [/^[وف]?[بك]?ال(?=..)/u, ''],
  [/^[وف]?لل(?=..)/u, 'ال'],
  [/^[وف]?لل(?=..)/u, ''],
  [/^[وف]?[بك](?=ال..)/u, ''],
  [/^[وف](?=...)/u, ''],
];
const HEBREW: [prefix: RegExp, instead: string][] = [
  [/^ו?ה(?=...)/u, ''],
  [/^ו(?=...)/u, ''],
];

/**
 * @param word folded
 * @returns what it may be a form of, the shortest first
 */
export function withoutPrefix(word: string): string[] {
  const first = word.charCodeAt(0);
  const prefixes = first >= 0x600 && first < 0x700 ? ARABIC : first >= 0x590 && first < 0x600 ? HEBREW : [];
  return prefixes.filter(([prefix]) => prefix.test(word)).map(([prefix, instead]) => word.replace(prefix, instead));
}

/** What an article or nothing stands before is a word to show; "and the market" is none. */
export const beginsWithArticle = (word: string): boolean => /^(?:ال|ה)/u.test(word);
