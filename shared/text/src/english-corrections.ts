/** Nouns of the tagger that are none: what stands beside them says so. The tagger itself stays as its lexicon and rules make it. */
import type { Tagger } from './english-tagger.ts';

/** Stand before a verb; no noun follows them. */
const SUBJECTS: ReadonlySet<string> = new Set(['I', 'i', 'he', 'she', 'we', 'they', 'He', 'She', 'We', 'They']);
/** Adverbs, nearly always, unless an article, an adjective or the like stands before them: all right, round the corner. */
const SELDOM_NOUNS: ReadonlySet<string> = new Set(['right', 'round']);
const BEFORE_NOUN = /^(?:DT|JJ[RS]?|PRP\$|POS|CD)$/;
const NO_ARTICLES: ReadonlySet<string> = new Set(['all', 'half']);

/**
 * @param tags of a sentence; the one at this place begins with NN
 * @param first is it the first word of its sentence?
 */
export function correctNoun(
  tagger: Tagger,
  sentence: readonly string[],
  tags: readonly string[],
  at: number,
  first: boolean,
): string {
  const tag = tags[at]!;
  const text = sentence[at]!;
  const before = sentence[at - 1] ?? '';
  if (first && tag === 'NNP') return isAdjective(tagger, text, tags[at + 1]) ? 'JJ' : tag;
  if (tag === 'NNP' || tag === 'NNPS') return tag;
  if (SUBJECTS.has(before) && tagger.mayBe(text, 'VB')) return 'VB';
  if (text === 'course' && (before === 'of' || before === 'Of')) return 'RB';
  if (!SELDOM_NOUNS.has(text)) return tag;
  return BEFORE_NOUN.test(tags[at - 1] ?? '') && !NO_ARTICLES.has(before.toLowerCase()) ? tag : 'RB';
}

/** Additional terms, Excellent! But Frank said. */
function isAdjective(tagger: Tagger, text: string, next = '.'): boolean {
  return (/^(?:NNS?|JJ)$/.test(next) || !/^[A-Z]/.test(next)) && tagger.mayBe(text.toLowerCase(), 'JJ', 1);
}
