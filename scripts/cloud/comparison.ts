/** `--compare`: the words of two texts in one cloud, coloured by which of them has more. */
import type { WeightedWord } from '@wordcloud/cloud';
import { type ComparedWord, type CountResult, compareWords } from '@wordcloud/text';

/** From the first text's to the second's; told apart with every kind of colour vision. */
const COLORS = ['#b3400a', '#d2691e', '#a68064', '#7d7d7d', '#6c8299', '#3d7fb8', '#0b559f'];
export const LEGEND = { first: 'orange', both: 'grey', second: 'blue' };
/** Eight times as frequent has the strongest colour. */
const STRONGEST = 3;

/**
 * A word is as large as it is frequent in the two texts together, whatever their lengths.
 *
 * @returns for the cloud, the most frequent first; and what was compared, the surest difference first
 */
export function compare(first: CountResult, second: CountResult): { words: WeightedWord[]; compared: ComparedWord[] } {
  const compared = compareWords(first, second);
  const [inFirst, inSecond] = [Math.max(1, first.tokens), Math.max(1, second.tokens)];
  const perThousand = ({ a, b }: ComparedWord) => Math.round(((a / inFirst + b / inSecond) / 2) * 1e6) / 1e3;
  const words = compared.map((word) => ({ word: word.word, weight: perThousand(word), color: colorOf(word) }));
  return { words: words.sort((a, b) => b.weight - a.weight), compared };
}

function colorOf({ logRatio }: ComparedWord): string {
  const share = Math.min(Math.max(logRatio / STRONGEST, -1), 1);
  return COLORS[Math.round(((1 - share) / 2) * (COLORS.length - 1))]!;
}
