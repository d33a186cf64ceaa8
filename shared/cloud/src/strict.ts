/**
 * Sizes exactly proportional to the words' shares. No word shrinks alone; the largest first size is searched for at which
 * every word that is not too small to be read finds room: a few layouts, each time of the middle of what fits and what does not.
 */
import type { Layout, LayoutWord, Setting } from './layout-types.ts';
import { place } from './place.ts';
import { firstSize, planWords } from './plan.ts';
import { freeOccupancy, type GivenUp, tryOut } from './try-out.ts';

/** The search ends when what does not fit is larger than what fits by no more than this; of many words each layout takes long. */
const PRECISION = { few: 1.005, many: 1.02 };
const MANY = 500;
/** Layouts after the first one that fits. */
const MOST_PROBES = 8;
/** How much larger a size is tried next, where the last one fits. */
const GROW = 1.12;
/** How much smaller a size is tried next, where the last one does not fit: at least and at most. */
const [RETRY, LEAST_RETRY] = [0.95, 0.6];

export async function searchStrict(words: readonly LayoutWord[], setting: Setting): Promise<Layout> {
  const { area, minSize, maxSize, margin, options } = setting;
  const { usable, skipped } = onlyUsable(words, setting);
  if (usable.length === 0) return { placed: [], skipped, occupancy: freeOccupancy(area) };
  const most = usable[0]!.share;
  const precision = usable.length < MANY ? PRECISION.few : PRECISION.many;
  // Nothing smaller is of use: at this first size the largest word is just large enough to be read.
  const floor = minSize / most;
  const ceiling = maxSize / most;
  let size = firstSize(usable, area, margin, 1, (first, share) => first * share, options);
  size = Math.min(Math.max(size, floor), ceiling);
  let [fits, fails] = [0, Number.POSITIVE_INFINITY];
  let best: Layout | undefined;
  for (let probes = 0; best === undefined || probes < MOST_PROBES; ) {
    const layout = await tryStrict(usable, size, setting, size <= floor);
    if ('placed' in layout) [best, fits] = [layout, size];
    else fails = size;
    if (best !== undefined) {
      probes++;
      if (fails / fits < precision || fits >= ceiling) break;
      size = Math.min(fails === Number.POSITIVE_INFINITY ? fits * GROW : Math.sqrt(fits * fails), ceiling);
    } else {
      const share = 'share' in layout ? layout.share : 0;
      size = Math.max(floor, size * Math.min(RETRY, Math.max(LEAST_RETRY, Math.sqrt(share))));
    }
  }
  return { ...best, skipped: [...skipped, ...best.skipped] };
}

/** Without the words that find no room at the smallest size where nothing else stands: they would make all others small. */
function onlyUsable(words: readonly LayoutWord[], { area, minSize, stamp, options }: Setting) {
  const occupancy = freeOccupancy(area);
  const skipped: LayoutWord[] = [];
  const usable: LayoutWord[] = [];
  for (const plan of planWords(words, area, () => minSize, options)) {
    if (place(occupancy, plan, minSize, minSize, stamp)) usable.push(plan.item);
    else skipped.push(plan.item);
  }
  return { usable, skipped };
}

async function tryStrict(
  words: readonly LayoutWord[],
  first: number,
  setting: Setting,
  isLast: boolean,
): Promise<Layout | GivenUp> {
  // The floor, multiplied by the share again, may come out less by an error of rounding.
  const least = setting.minSize * (1 - 1e-9);
  const plans = planWords(words, setting.area, (share) => first * share, setting.options, setting.hooks.former);
  const { large = [], small = [] } = Object.groupBy(plans, ({ size }) => (size >= least ? 'large' : 'small'));
  const layout = await tryOut(large, setting, ({ size }) => size, isLast);
  if (!('placed' in layout)) return layout;
  return {
    ...layout,
    skipped: [...layout.skipped, ...small.map(({ item }) => item)],
  };
}
