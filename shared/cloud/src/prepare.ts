/** From words and weights to what the layout needs: their order, shapes and relative sizes. */
import { setImmediate as turn } from 'node:timers/promises';
import type { SkippedWord, WeightedWord } from './cloud.ts';
import { CloudError } from './errors.ts';
import type { LayoutWord } from './layout-types.ts';
import type { CloudOptions } from './options.ts';
import { sharesOf } from './scaling.ts';
import { shapeOf } from './word-shape.ts';

/** After so many words others get their turn, a caller who has gone above all. */
const BATCH = 50;

/**
 * Heaviest first, ties in the order of code units, so that the same words always come in the same order.
 *
 * @throws CloudError INVALID_OPTION when a word's own colour is none
 */
export async function prepareWords(
  words: readonly WeightedWord[],
  { font, scaling }: CloudOptions,
  signal?: AbortSignal,
): Promise<{ items: LayoutWord[]; skipped: SkippedWord[] }> {
  const skipped: SkippedWord[] = [];
  const weighted = words.filter(({ word, weight, color }) => {
    if (color !== undefined && !/^#[0-9a-f]{6}$/i.test(color)) {
      throw new CloudError('INVALID_OPTION', `color of ${word}: got ${JSON.stringify(color)}; allowed is #rrggbb.`);
    }
    const usable = Number.isFinite(weight) && weight > 0;
    if (!usable) skipped.push({ word, reason: 'no-weight' });
    return usable;
  });
  const sorted = weighted.toSorted((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : Number(a.word > b.word)));
  const shares = sharesOf(
    sorted.map(({ weight }) => weight),
    scaling,
  );
  const items: LayoutWord[] = [];
  for (const [index, { word, weight, pos, color }] of sorted.entries()) {
    if (index % BATCH === 0) {
      await turn();
      signal?.throwIfAborted();
    }
    const shape = shapeOf(word, font);
    if (shape === undefined) skipped.push({ word, reason: 'no-glyph' });
    // A small word inside of 口 or 国 makes both unreadable; inside of a large O it does not.
    else items.push({ word, weight, shape, share: shares[index]!, solid: /\p{Script=Han}/u.test(word), pos, color });
  }
  return { items, skipped };
}
