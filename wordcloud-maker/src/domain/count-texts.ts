/** From one text, or two that are compared, to the words of a cloud. */
import { type CloudOptions, ProblemError } from '@wordcloud/contracts';
import type { Counted, MakeContext, WordCounter } from './ports.ts';

export interface CloudWord {
  word: string;
  /** How often; of two texts: in the first. */
  count: number;
  pos: string | null;
  /** Decides its size. */
  weight: number;
  /** Where two texts are compared. */
  comparison?: { other: number; logRatio: number; color: string };
}

/** What of a text is told besides its words; of two texts, `tokens` are both's, the rest is the first's. */
export interface CloudWords extends Omit<Counted, 'words'> {
  /** The heaviest first. */
  words: CloudWord[];
}

/**
 * @param texts one, or two that are compared
 * @throws ProblemError EMPTY_TEXT, and what the counter throws
 */
export async function countTexts(
  counter: WordCounter,
  texts: readonly Uint8Array[],
  options: CloudOptions,
  context: MakeContext,
): Promise<CloudWords> {
  const [first, second] = await Promise.all(texts.map((text) => counter.count(text, options, context)));
  requireWords(first!, 'The text');
  if (second === undefined) {
    return { ...first!, words: first!.words.map((word) => ({ ...word, weight: word.count })) };
  }
  requireWords(second, 'The text to compare with');
  return { ...first!, tokens: first!.tokens + second.tokens, words: await compare(first!, second) };
}

function requireWords({ words }: Counted, what: string): void {
  if (words.length > 0) return;
  throw new ProblemError('EMPTY_TEXT', `${what} holds no word to count with these options.`);
}

async function compare(first: Counted, second: Counted): Promise<CloudWord[]> {
  // Only comparisons need this here, and it brings all that reads texts.
  const { compareWords, weighCompared } = await import('@wordcloud/text');
  return weighCompared(compareWords(first, second), first, second).map(({ word, a, b, weight, logRatio, color }) => ({
    ...{ word, count: a, pos: null, weight },
    comparison: { other: b, logRatio: Math.round(logRatio * 1e4) / 1e4, color },
  }));
}
