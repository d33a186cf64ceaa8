/** French and Italian leave out vowels before a vowel: `l'homme` is the article and the word. */

const PREFIXES: Record<string, RegExp> = {
  fr: /^(?:l|d|j|m|t|s|c|n|qu|jusqu|lorsqu|puisqu|quoiqu)['’]/i,
  it: /^(?:l|d|c|n|un|dell|all|nell|sull|dall|quell|quest|sant|com|dov)['’]/i,
};

/** @returns the word, and whether it stood behind an article or the like, which is left off */
export function splitElision(word: string, language: string): { article: boolean; word: string } {
  const prefix = PREFIXES[language]?.exec(word)?.[0];
  return prefix === undefined ? { article: false, word } : { article: true, word: word.slice(prefix.length) };
}
