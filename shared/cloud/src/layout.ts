/**
 * The layout: where each word goes and how large it is. Words come in the order of their weight; each is put on the free
 * place nearest to a goal near the centre. Where there is none, it shrinks, and no later word may be larger than it then is:
 * so sizes never contradict weights. The first size is a little too large on purpose; when that compresses the tail too
 * much, everything is laid out again somewhat smaller.
 */
import { setImmediate as turn } from 'node:timers/promises';
import type { Area } from './area.ts';
import { findPlace, type Target } from './find-place.ts';
import { createOccupancy, type Occupancy, take, updateRow } from './occupancy.ts';
import type { CloudOptions, Rotation } from './options.ts';
import { createRandom } from './random.ts';
import { hullOf, makeSprite, type Runs } from './sprite.ts';
import { boxOf, Stamp } from './stamp.ts';
import type { WordShape } from './word-shape.ts';

export interface LayoutWord {
  word: string;
  weight: number;
  /** Size relative to the largest word, 0 to 1. */
  share: number;
  shape: WordShape;
  /** Nothing may stand inside of its letters. */
  solid: boolean;
}

export interface LaidOut {
  item: LayoutWord;
  /** Centre of the ink and font size, in cells. */
  x: number;
  y: number;
  size: number;
  /** Degrees clockwise. */
  angle: number;
}

export interface Layout {
  placed: LaidOut[];
  skipped: LayoutWord[];
}

export interface LayoutHooks {
  signal?: AbortSignal | undefined;
  onPercent: (percent: number) => void;
}

/** Sum of the words' boxes over the area, at the first try: words reach into each other's boxes. */
const FIRST_FILL = 1;
/** A word that does not fit is made smaller by this. */
const SHRINK = 0.94;
/** Each further try begins smaller by this. */
const RETRY = 0.95;
/** A try in which a word has to become smaller than this share of its size is begun again. */
const LEAST_SHARE = 0.5;
/** After so many words others get their turn, a caller who has gone above all. */
const BATCH = 50;
/** Distance between two words on a line, in ems of the larger one. A blank in a text is twice as wide. */
const WORD_SPACE = 0.1;
/** How far from the centre goals may lie, as a share of the area. */
const SPREAD = 0.3;

/** @param cell pixels of a cell, to turn font size and margin into cells */
export async function layOut(
  words: readonly LayoutWord[],
  area: Area,
  cell: number,
  options: CloudOptions,
  hooks: LayoutHooks,
): Promise<Layout> {
  const minSize = options.minFontSize / cell;
  const margin = Math.max(1, Math.ceil(options.margin / cell));
  const stamp = new Stamp();
  const tries = words.length <= 60 ? 16 : 4;
  let first = firstSize(words, area, margin);
  for (let attempt = 1; ; attempt++) {
    const isLast = attempt === tries;
    const layout = await tryOut(words, area, { first, minSize, margin, isLast, stamp, options, hooks });
    if (layout) return layout;
    first *= RETRY;
  }
}

/** The size at which the words' boxes, each with its margin, would fill the area, unless the largest words would not fit. */
function firstSize(words: readonly LayoutWord[], area: Area, margin: number): number {
  const boxesAt = (size: number) =>
    words.reduce((sum, { share, shape }) => {
      const scale = size * share;
      return sum + (shape.width * scale + margin) * (shape.height * scale + margin);
    }, 0);
  let [small, large] = [0, Math.max(area.width, area.height)];
  for (let i = 0; i < 30; i++) {
    const middle = (small + large) / 2;
    if (boxesAt(middle) < FIRST_FILL * area.cells) small = middle;
    else large = middle;
  }
  const largest = words.slice(0, 5);
  const widest = Math.min(...largest.map(({ share, shape }) => (area.width * 0.92) / (share * shape.width)));
  const highest = Math.min(...largest.map(({ share, shape }) => (area.height * 0.92) / (share * shape.height)));
  return Math.min(small, Math.max(widest, area.height * 0.1), highest);
}

interface Try {
  first: number;
  minSize: number;
  margin: number;
  isLast: boolean;
  stamp: Stamp;
  options: CloudOptions;
  hooks: LayoutHooks;
}

/** @returns undefined when the words are too large and another try is left */
async function tryOut(words: readonly LayoutWord[], area: Area, settings: Try): Promise<Layout | undefined> {
  const { first, minSize, margin, isLast, stamp, options, hooks } = settings;
  const occupancy = createOccupancy(area.width, area.height, (x, y) => area.inside[y * area.width + x] === 0);
  const layout: Layout = { placed: [], skipped: [] };
  const plans = planWords(words, area, first, minSize, options);
  let cap = Number.POSITIVE_INFINITY;

  for (const [index, plan] of plans.entries()) {
    if (index % BATCH === 0) {
      await turn();
      hooks.signal?.throwIfAborted();
      hooks.onPercent(Math.round((index / plans.length) * 100));
    }
    const least = isLast ? minSize : Math.max(minSize, plan.size * LEAST_SHARE);
    const found = place(occupancy, plan, Math.min(plan.size, cap), least, stamp);
    if (found) {
      takeWithMargin(occupancy, found, margin);
      layout.placed.push(found.laidOut);
      cap = found.laidOut.size;
    } else if (!isLast && least > minSize) return undefined;
    else layout.skipped.push(plan.item);
  }
  hooks.onPercent(100);
  return layout;
}

/** What is wished for a word, before it is known what fits. */
interface Plan {
  item: LayoutWord;
  size: number;
  /** The preferred one first. */
  angles: number[];
  goal: Target;
}

function planWords(
  words: readonly LayoutWord[],
  area: Area,
  first: number,
  minSize: number,
  options: CloudOptions,
): Plan[] {
  const random = createRandom(options.seed);
  const xWeight = Math.min(1, area.height / area.width);
  return words.map((item, index) => {
    // A smiling face lying on its side is no decoration.
    const turned = anglesFor(options.rotation, index, random);
    const angles = item.shape.outline === undefined ? [0] : turned;
    const spread = index === 0 ? 0 : SPREAD;
    const x = area.centerX + (random() - 0.5) * area.width * spread;
    const y = area.centerY + (random() - 0.5) * area.height * spread;
    return { item, size: Math.max(first * item.share, minSize), angles, goal: { x, y, xWeight } };
  });
}

interface Found {
  laidOut: LaidOut;
  runs: Runs;
  x: number;
  y: number;
}

function place(occupancy: Occupancy, plan: Plan, size: number, least: number, stamp: Stamp): Found | undefined {
  const { item, angles, goal } = plan;
  for (let now = size; now >= least; now = now > least ? Math.max(now * SHRINK, least) : 0) {
    for (const angle of angles) {
      const placement = { shape: item.shape, size: now, angle };
      const box = boxOf(placement);
      if (box.width + 2 > occupancy.width || box.height + 2 > occupancy.height) continue;
      const sprite = makeSprite(stamp, placement);
      const spot = findPlace(occupancy, sprite, goal);
      if (spot === undefined) continue;
      const laidOut = { item, size: now, angle, x: spot.x + sprite.centerX, y: spot.y + sprite.centerY };
      return { laidOut, runs: item.solid ? hullOf(sprite.runs) : sprite.runs, ...spot };
    }
  }
  return undefined;
}

/**
 * Takes the cells of a word and those around it. Since later words are smaller, the distance that a word keeps from them is
 * its own; along the line it is larger, or two words would be read as one.
 */
function takeWithMargin(occupancy: Occupancy, { laidOut, runs, x, y }: Found, margin: number): void {
  const along = Math.max(margin, Math.round(laidOut.size * WORD_SPACE));
  const upright = Math.abs(laidOut.angle) > 45;
  const [marginX, marginY] = upright ? [margin, along] : [along, margin];
  let [top, bottom] = [occupancy.height, -1];
  for (let i = 0; i < runs.length; i += 3) {
    const row = y + runs[i + 1]!;
    const [from, to] = [Math.max(0, row - marginY), Math.min(occupancy.height - 1, row + marginY)];
    for (let at = from; at <= to; at++) take(occupancy, x + runs[i]! - marginX, at, runs[i + 2]! + 2 * marginX);
    top = Math.min(top, from);
    bottom = Math.max(bottom, to);
  }
  for (let row = top; row <= bottom; row++) updateRow(occupancy, row);
}

/** The angles to try, the preferred one first. The largest words stay level: they are what people read first. */
function anglesFor(rotation: Rotation, index: number, random: () => number): number[] {
  const [first, second] = [random(), random()];
  if (rotation === 'none') return [0];
  if (rotation === 'mixed') return index > 0 && first < 0.28 ? [-90, 0] : [0, -90];
  const most = rotation === 'slight' ? 12 : 60;
  const angle = Math.round((second * 2 - 1) * most);
  return index < 2 ? [0] : [angle, 0];
}
