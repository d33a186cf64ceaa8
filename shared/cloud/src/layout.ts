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
import { couldFit, firstSize, type Plan, planWords } from './plan.ts';
import { fillWithCopies } from './repeat.ts';
import { Stamp } from './stamp.ts';
import { searchStrict } from './strict.ts';
import { tryOut } from './try-out.ts';

/** How often a layout is tried, and how much smaller a further try may begin. */
const FEW = 60;
const FEW_TRIES = { tries: 16, leastRetry: 0.93 };
const MANY_TRIES = { tries: 5, leastRetry: 0.75 };
/**
 * The sum of the words' boxes over the area at the first try, which should nearly always succeed: words of letters reach into each
 * other's boxes, but those that nothing gets into do not; and of many words most are small, beside which distances are large.
 */
const FILL = { few: 1.4, many: 0.97, solid: 1.1 };
const [FEW_FILL, MANY_FILL] = [200, 2000];
/** With copies, the words themselves take only this share of what they would take. */
const REPEAT_FILL = 0.5;
/** Each further try begins smaller by this at least. */
const RETRY = 0.95;
/**
 * A try in which a word has to become smaller than this share of its size is begun again: the smallest words may become much
 * smaller, those that are to be as large as the largest are compared by eye.
 */
const LEAST_SHARE = { small: 0.35, large: 0.6 };

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
  const layout = await layOutFitting(fitting, setting);
  if (options.repeat) await fillWithCopies(layout, setting);
  return { ...layout, placed: balanced(layout.placed, area), skipped: [...hopeless, ...layout.skipped] };
}

async function layOutFitting(words: readonly LayoutWord[], setting: Setting): Promise<Layout> {
  const { options, hooks } = setting;
  const search = options.strict ? searchStrict : shrinkToFit;
  const layout = await search(words, setting);
  if (hooks.former === undefined || layout.skipped.length === 0) return layout;
  // The earlier layout is a hint: no word is left out for it.
  const free = await search(words, { ...setting, hooks: { ...hooks, former: undefined } });
  return free.skipped.length < layout.skipped.length ? free : layout;
}

async function shrinkToFit(words: readonly LayoutWord[], setting: Setting): Promise<Layout> {
  const { area, minSize, maxSize, margin, options, hooks } = setting;
  // Few words are laid out quickly: more tries, from a larger first size in smaller steps, make them denser.
  const { tries, leastRetry } = words.length <= FEW ? FEW_TRIES : MANY_TRIES;
  const sizeOf = (first: number, share: number) => Math.max(first * share, minSize);
  const share = options.repeat ? REPEAT_FILL : 1;
  const usual = firstSize(words, area, margin, fillOf(words) * share, sizeOf, options);
  let first = Math.min(formerSize(words, setting, usual) ?? usual, maxSize);
  for (let attempt = 1; ; attempt++) {
    const isLast = attempt === tries;
    const plans = planWords(words, area, (share) => sizeOf(first, share), options, hooks.former);
    const leastOf = ({ size, item }: Plan) => {
      const share = LEAST_SHARE.small + (LEAST_SHARE.large - LEAST_SHARE.small) * item.share;
      return isLast ? minSize : Math.max(minSize, size * share);
    };
    const layout = await tryOut(plans, setting, leastOf, isLast);
    if ('placed' in layout) return layout;
    first *= Math.min(RETRY, Math.max(leastRetry, Math.sqrt(layout.share)));
  }
}

function fillOf(words: readonly LayoutWord[]): number {
  const share = Math.log(words.length / FEW_FILL) / Math.log(MANY_FILL / FEW_FILL);
  const fill = FILL.few - (FILL.few - FILL.many) * Math.min(1, Math.max(0, share));
  const solid = words.filter((word) => word.solid).length / words.length;
  return fill + (Math.min(fill, FILL.solid) - fill) * solid;
}
