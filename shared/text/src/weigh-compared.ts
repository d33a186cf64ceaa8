/** Two texts in one cloud: how large a word is, and by its colour which text has more of it. */
import type { ComparedWord } from './compare-words.ts';
import type { CountResult } from './word-filter.ts';

export interface WeighedWord extends ComparedWord {
  /** Of a thousand words, the mean of both texts: whatever their lengths. */
  weight: number;
  /** `#rrggbb` */
  color: string;
}

/** From the first text's to the second's; told apart with every kind of colour vision. */
const COLORS = ['#b3400a', '#d2691e', '#a68064', '#7d7d7d', '#6c8299', '#3d7fb8', '#0b559f'];
export const COMPARISON_LEGEND = { first: 'orange', both: 'grey', second: 'blue' } as const;
/** Eight times as frequent has the strongest colour. */
const STRONGEST = 3;

/**
 * @param compared what `compareWords` gave of these texts
 * @returns the most frequent first; ties in the order of `compared`
 */
export function weighCompared(
  compared: readonly ComparedWord[],
  first: Pick<CountResult, 'tokens'>,
  second: Pick<CountResult, 'tokens'>,
): WeighedWord[] {
  const [inFirst, inSecond] = [Math.max(1, first.tokens), Math.max(1, second.tokens)];
  const perThousand = ({ a, b }: ComparedWord) => Math.round(((a / inFirst + b / inSecond) / 2) * 1e6) / 1e3;
  return compared
    .map((word) => ({ ...word, weight: perThousand(word), color: colorOf(word) }))
    .sort((x, y) => y.weight - x.weight);
}

function colorOf({ logRatio }: ComparedWord): string {
  const share = Math.min(Math.max(logRatio / STRONGEST, -1), 1);
  return COLORS[Math.round(((1 - share) / 2) * (COLORS.length - 1))]!;
}
