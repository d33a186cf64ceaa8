/**
 * Korean: words without the particles that are written onto them. There is no dictionary here, so a particle is only taken
 * off where the text itself speaks for it: what is left is also found alone, or with another particle.
 */

const ANY = 'any';
/** Which end of a word a particle follows: Korean has two forms of many. */
const PARTICLES: [particle: string, after: 'consonant' | 'vowel' | typeof ANY][] = [
  ['에서는', ANY],
  ['에서도', ANY],
  ['으로는', 'consonant'],
  ['입니다', ANY],
  ['이라는', 'consonant'],
  ['에서', ANY],
  ['에게', ANY],
  ['에는', ANY],
  ['에도', ANY],
  ['까지', ANY],
  ['부터', ANY],
  ['처럼', ANY],
  ['보다', ANY],
  ['으로', 'consonant'],
  ['이다', 'consonant'],
  ['라는', 'vowel'],
  ['은', 'consonant'],
  ['이', 'consonant'],
  ['을', 'consonant'],
  ['과', 'consonant'],
  ['는', 'vowel'],
  ['가', 'vowel'],
  ['를', 'vowel'],
  ['와', 'vowel'],
  ['로', 'vowel'],
  ['의', ANY],
  ['에', ANY],
  ['도', ANY],
  ['만', ANY],
];
/** Shorter ones are too often something else. In syllables. */
const SHORTEST_STEM = 2;

/** Hangul syllables stand in the order of their final consonants, 28 to each beginning; the first has none. */
const endsInConsonant = (word: string): boolean => (word.charCodeAt(word.length - 1) - 0xac00) % 28 !== 0;

/** @returns the word without its longest particle, or undefined when it has none that fits */
function stemOf(word: string): string | undefined {
  for (const [particle, after] of PARTICLES) {
    if (!word.endsWith(particle) || word.length - particle.length < SHORTEST_STEM) continue;
    const stem = word.slice(0, -particle.length);
    if (after === ANY || endsInConsonant(stem) === (after === 'consonant')) return stem;
  }
  return undefined;
}

/**
 * @param counts words as they are written
 * @returns for each word that stands for another, that other one
 */
export function koreanStems(counts: ReadonlyMap<string, number>): Map<string, string> {
  const forms = new Map<string, string[]>();
  for (const word of counts.keys()) {
    const stem = stemOf(word);
    if (stem !== undefined) forms.set(stem, [...(forms.get(stem) ?? []), word]);
  }
  const stems = new Map<string, string>();
  for (const [stem, words] of forms) {
    if (words.length > 1 || counts.has(stem)) for (const word of words) stems.set(word, stem);
  }
  return stems;
}
