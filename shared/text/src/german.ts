/** German writes its nouns with a capital, and so they can be told without a tagger. */
import { fold } from './stop-words.ts';

/** Of the words within sentences; German prose has a quarter. Fewer: who wrote that writes everything small. */
const LEAST_SHARE = 0.08;
const CAPITAL = /^\p{Lu}/u;

export interface Capitals {
  /** A word that is not the first of its sentence. */
  see(word: string): void;
  /** Those that were never seen with a capital; none where the text has hardly any. */
  smallWords(): string[];
}

export function createCapitals(): Capitals {
  const small = new Set<string>();
  const large = new Set<string>();
  let words = 0;
  let capitals = 0;
  return {
    see(word) {
      const isCapital = CAPITAL.test(word);
      words++;
      if (isCapital) capitals++;
      (isCapital ? large : small).add(word);
    },
    smallWords() {
      if (capitals < words * LEAST_SHARE) return [];
      const nouns = new Set(Array.from(large, fold));
      return [...small].filter((word) => !nouns.has(fold(word)));
    },
  };
}
