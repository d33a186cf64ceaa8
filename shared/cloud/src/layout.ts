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

/**
 * How often a layout is tried; the sum of the words' boxes over the area at the first try, since words reach into each
 * other's boxes; and how much smaller a further try may begin.
 */
const FEW = 60;
const FEW_TRIES = { tries: 16, fill: 1.3, leastRetry: 0.93 };
const MANY_TRIES = { tries: 5, fill: 1, leastRetry: 0.75 };
/** A word that does not fit is made smaller by this. */
const SHRINK = 0.94;
/** Each further try begins smaller by this at least. */
const RETRY = 0.95;
/** A try in which a word has to become smaller than this share of its size is begun again. */
const LEAST_SHARE = 0.5;
/** After so many words others get their turn, a caller who has gone above all. */
const BATCH = 50;
/** Distance between two words on a line, in ems of the larger one. A blank in a text is twice as wide. */
const WORD_SPACE = 0.12;
/** How far from the centre goals may lie, as a share of the area; few words stand nearer to it. */
const SPREAD = 0.3;
const SPREAD_WORDS = 30;

/** @param cell pixels of a cell, to turn font size and margin into cells */
export async function layOut(
  words: readonly LayoutWord[],
  area: Area,
  cell: number,
  options: CloudOptions,
  hooks: LayoutHooks,
): Promise<Layout> {
  const minSize = options.minFontSize / cell;
  // A word for which there is no room at all must not make the others small.
  const { fitting = [], hopeless = [] } = Object.groupBy(words, (item) =>
    couldFit(item, area, minSize, options.rotation) ? 'fitting' : 'hopeless',
  );
  const margin = Math.max(1, Math.ceil(options.margin / cell));
  const stamp = new Stamp();
  // Few words are laid out quickly: more tries, from a larger first size in smaller steps, make them denser.
  const { tries, fill, leastRetry } = fitting.length <= FEW ? FEW_TRIES : MANY_TRIES;
  let first = firstSize(fitting, area, margin, minSize, fill);
  for (let attempt = 1; ; attempt++) {
    const isLast = attempt === tries;
    const layout = await tryOut(fitting, area, { first, minSize, margin, isLast, stamp, options, hooks });
    if ('placed' in layout) return { placed: balanced(layout.placed, area), skipped: [...hopeless, ...layout.skipped] };
    first *= Math.min(RETRY, Math.max(leastRetry, Math.sqrt(layout.share)));
  }
}

function couldFit({ shape }: LayoutWord, area: Area, size: number, rotation: Rotation): boolean {
  const [width, height] = [shape.width * size + 2, shape.height * size + 2];
  const level = width <= area.width && height <= area.height;
  return level || (rotation === 'mixed' && height <= area.width && width <= area.height);
}

/**
 * Moves all words together, by whole cells, so that as much is left free on one side as on the other: where words are few,
 * the nearest free places make a cloud that leans to a side. Only where all of the picture is free, less its edge.
 */
function balanced(placed: readonly LaidOut[], area: Area): LaidOut[] {
  const first = area.inside.indexOf(1);
  const last = area.inside.lastIndexOf(1);
  const [left, top] = [first % area.width, Math.floor(first / area.width)];
  const [right, bottom] = [(last % area.width) + 1, Math.floor(last / area.width) + 1];
  if (placed.length === 0 || area.cells !== (right - left) * (bottom - top)) return [...placed];
  const free = { left: Infinity, right: Infinity, top: Infinity, bottom: Infinity };
  for (const { item, x, y, size, angle } of placed) {
    const box = boxOf({ shape: item.shape, size, angle });
    free.left = Math.min(free.left, x - box.width / 2 - left);
    free.right = Math.min(free.right, right - x - box.width / 2);
    free.top = Math.min(free.top, y - box.height / 2 - top);
    free.bottom = Math.min(free.bottom, bottom - y - box.height / 2);
  }
  // Towards zero: never out of the area on the other side.
  const moveX = Math.trunc((free.right - free.left) / 2);
  const moveY = Math.trunc((free.bottom - free.top) / 2);
  return placed.map((word) => ({ ...word, x: word.x + moveX, y: word.y + moveY }));
}

/** The size at which the words' boxes, each with its margin, would fill the area, unless the largest words would not fit. */
function firstSize(words: readonly LayoutWord[], area: Area, margin: number, minSize: number, fill: number): number {
  const boxesAt = (size: number) =>
    words.reduce((sum, { share, shape }) => {
      const scale = Math.max(size * share, minSize);
      const along = Math.max(margin, scale * WORD_SPACE);
      return sum + (shape.width * scale + along) * (shape.height * scale + margin);
    }, 0);
  let [small, large] = [0, Math.max(area.width, area.height)];
  for (let i = 0; i < 30; i++) {
    const middle = (small + large) / 2;
    if (boxesAt(middle) < fill * area.cells) small = middle;
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

/** A try given up because the words are too large: the share of them, by area, that had found room by then. */
interface GivenUp {
  share: number;
}

async function tryOut(words: readonly LayoutWord[], area: Area, settings: Try): Promise<Layout | GivenUp> {
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
    } else if (!isLast) return { share: areaOf(plans.slice(0, index)) / areaOf(plans) };
    else layout.skipped.push(plan.item);
  }
  hooks.onPercent(100);
  return layout;
}

const areaOf = (plans: readonly Plan[]): number =>
  plans.reduce((sum, { item, size }) => sum + item.shape.width * item.shape.height * size * size, 0);

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
    const angles = item.shape.letters.commands.length === 0 ? [0] : turned;
    const spread = index === 0 ? 0 : SPREAD * Math.min(1, words.length / SPREAD_WORDS);
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
    take(occupancy, x + runs[i]! - marginX, runs[i + 2]! + 2 * marginX, from, to);
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
