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
const LEAST_PARTICLES = 2;
/** Of one syllable: so are the stems of verbs, which have endings that look like other particles (같은, 없을). */
const NOUN_ONLY = /(?:[의과와를가에]|에[서게는도]|에서[는도]|으?로는?|까지|부터|처럼)$/;

/** Ends of verbs and adjectives, which no noun has. The verb 하다 and the copula make most of them. */
const PREDICATE =
  /(?:니다|니까|[았었였했됐겠갔왔렸졌]다|[았었였했됐]던|[한된는진온간]다|[있없않같]다|[하되][다는고며면여지]|하게|하던|[하되]어|해서|했고|[있없않]는|[있없]고|[있없]어|같은|같이|않은|[이으]며|라고|지만|는데|면서|[가-힣]듯이|듯한|[했였]으나)$/;
/** Pronouns, nouns of grammar, adverbs and numerals that stopwords-iso lacks. */
export const KOREAN_STOP_WORDS: readonly string[] =
  `그 이 저 나 너 내 네 제 것 수 등 및 더 또 한 할 못 안 좀 잘 왜 때 곳 중 뿐 데 채 줄 바 지 듯 터 후 전 속 위 앞 뒤 안 밖 옆 간 년 월 일 번 개 명 두 세 네 몇 온 첫 각 매
  이것 그것 저것 여기 거기 저기 누구 무엇 어디 언제 이렇게 그렇게 저렇게 어떻게 이런 그런 저런 어떤 모든 다른 위한 위해 대한 대해 통해 따라 따른 의해 관한 벌써 이미
  아주 매우 너무 다시 아직 바로 모두 함께 가장 그리고 그러나 하지만 그래서 그러면 또는 혹은 다만 만일 만약 경우 때문 정도 이상 이하 다음 여러 다양한 자기 우리 당신 누가 내가 제가 정말 대신 보통 그러자 마침 인제 없이`.split(
    /\s+/,
  );

const LIGHT_VERB =
  /(?:[한할함해된될됨돼]|[하되][다는고며면지기여게던어]|해서|되어|[한된]다|[했됐]다|하였다|되었다|[했됐합됩]니다|[했됐]습니다|되었습니다|하였습니다)$/;

/** A word that has the end of a verb or an adjective: 있었다, 제공합니다, 안전한. */
export const isKoreanPredicate = (word: string): boolean =>
  PREDICATE.test(word) || (word.length > 2 && LIGHT_VERB.test(word));

/** A word without its particle, whether the text speaks for that or not. */
export const withoutParticle = (word: string): string => stemOf(word) ?? word;

/** Hangul syllables stand in the order of their final consonants, 28 to each beginning; the first has none. */
const endsInConsonant = (word: string): boolean => (word.charCodeAt(word.length - 1) - 0xac00) % 28 !== 0;

/** @returns the word without its longest particle, or undefined when it has none that fits */
function stemOf(word: string): string | undefined {
  for (const [particle, after] of PARTICLES) {
    if (!word.endsWith(particle) || word.length === particle.length) continue;
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
  /** Words with a light verb, and the noun that is done. */
  const done = new Map<string, string>();
  for (const word of counts.keys()) {
    const noun = nounOf(word);
    if (noun !== undefined) done.set(word, noun);
    const stem = stemOf(word);
    if (stem === undefined) continue;
    const known = forms.get(stem);
    if (known === undefined) forms.set(stem, [word]);
    else known.push(word);
  }
  const nouns = new Set(done.values());
  const stems = new Map<string, string>();
  for (const [stem, words] of forms) {
    const isFrequent = words.length >= LEAST_PARTICLES;
    const isKnown =
      stem.length > 1
        ? isFrequent || counts.has(stem) || nouns.has(stem)
        : isFrequent && (counts.has(stem) || words.some((word) => NOUN_ONLY.test(word)));
    if (isKnown) for (const word of words) stems.set(word, stem);
  }
  for (const [word, noun] of done) {
    if ((counts.has(noun) || forms.has(noun)) && !stems.has(word)) stems.set(word, noun);
  }
  return stems;
}

/** What is done, of a noun with the verb 하다 or 되다 (사용할, 제공합니다). */
function nounOf(word: string): string | undefined {
  const noun = word.replace(LIGHT_VERB, '');
  return noun.length < word.length && noun.length > 1 ? noun : undefined;
}
