/**
 * The layout: where each word goes and how large it is. Words come in the order of their weight; each is put on the free
 * place nearest to a goal near the centre. Where there is none, it shrinks, and no later word may be larger than it then is:
 * so sizes never contradict weights. The first size is a little too large on purpose; when that compresses the tail too
 * much, everything is laid out again somewhat smaller. Strict sizes never shrink: there the first size itself is searched for.
 */
import type { Area } from './area.ts';
import { balanced } from './balance.ts';
import { formerSize } from './former.ts';
import type { Layout, LayoutHooks, LayoutWord, Setting } from './layout-types.ts';
import type { CloudOptions } from './options.ts';
import { couldFit, firstSize, planWords } from './plan.ts';
import { fillWithCopies } from './repeat.ts';
import { Stamp } from './stamp.ts';
import { searchStrict } from './strict.ts';
import { tryOut } from './try-out.ts';

/**
 * How often a layout is tried; the sum of the words' boxes over the area at the first try, since words reach into each
 * other's boxes; and how much smaller a further try may begin.
 */
const FEW = 60;
const FEW_TRIES = { tries: 16, fill: 1.3, leastRetry: 0.93 };
const MANY_TRIES = { tries: 5, fill: 1, leastRetry: 0.75 };
/** With copies, the words themselves take only this share of what they would take. */
const REPEAT_FILL = 0.5;
/** Each further try begins smaller by this at least. */
const RETRY = 0.95;
/** A try in which a word has to become smaller than this share of its size is begun again. */
const LEAST_SHARE = 0.5;

/** @param cell pixels of a cell, to turn font size and margin into cells */
export async function layOut(
  words: readonly LayoutWord[],
  area: Area,
  cell: number,
  options: CloudOptions,
  hooks: LayoutHooks,
): Promise<Layout> {
  const minSize = options.minFontSize / cell;
  const maxSize = (options.maxFontSize ?? Number.POSITIVE_INFINITY) / cell;
  const margin = Math.max(1, Math.ceil(options.margin / cell));
  const setting = { area, minSize, maxSize, margin, stamp: new Stamp(), options, hooks };
  // A word for which there is no room at all must not make the others small.
  const { fitting = [], hopeless = [] } = Object.groupBy(words, (item) =>
    couldFit(item, area, minSize, options) ? 'fitting' : 'hopeless',
  );
  const layout = options.strict ? await searchStrict(fitting, setting) : await shrinkToFit(fitting, setting);
  if (options.repeat) await fillWithCopies(layout, setting);
  return { ...layout, placed: balanced(layout.placed, area), skipped: [...hopeless, ...layout.skipped] };
}

async function shrinkToFit(words: readonly LayoutWord[], setting: Setting): Promise<Layout> {
  const { area, minSize, maxSize, margin, options, hooks } = setting;
  // Few words are laid out quickly: more tries, from a larger first size in smaller steps, make them denser.
  const { tries, fill, leastRetry } = words.length <= FEW ? FEW_TRIES : MANY_TRIES;
  const sizeOf = (first: number, share: number) => Math.max(first * share, minSize);
  const share = options.repeat ? REPEAT_FILL : 1;
  const usual = firstSize(words, area, margin, fill * share, sizeOf, options);
  let first = Math.min(formerSize(words, setting, usual) ?? usual, maxSize);
  for (let attempt = 1; ; attempt++) {
    const isLast = attempt === tries;
    const plans = planWords(words, area, (share) => sizeOf(first, share), options, hooks.former);
    const leastOf = (size: number) => (isLast ? minSize : Math.max(minSize, size * LEAST_SHARE));
    const layout = await tryOut(plans, setting, leastOf, isLast);
    if ('placed' in layout) return layout;
    first *= Math.min(RETRY, Math.max(leastRetry, Math.sqrt(layout.share)));
  }
}
