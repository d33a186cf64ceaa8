/**
 * The layout: where each word goes and how large it is. Words come in the order of their weight; each is put on the free
 * place nearest to a goal near the centre. Where there is none, it shrinks, and no later word may be larger than it then is:
 * so sizes never contradict weights. The first size is a little too large on purpose; when that compresses the tail too
 * much, everything is laid out again somewhat smaller.
 */
import { setImmediate as turn } from 'node:timers/promises';
import type { Area } from './area.ts';
import { findPlace } from './find-place.ts';
import { createOccupancy, type Occupancy, take, updateRow } from './occupancy.ts';
import type { CloudOptions, Rotation } from './options.ts';
import { createRandom } from './random.ts';
import { boxOf, hullOf, makeSprite, type Runs, Stamp } from './sprite.ts';
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
const FIRST_FILL = 1.3;
/** A word that does not fit is made smaller by this. */
const SHRINK = 0.94;
/** Each further try begins smaller by this. */
const RETRY = 0.93;
/** A try in which a word has to become smaller than this share of its size is begun again. */
const LEAST_SHARE = 0.7;
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
  let first = firstSize(words, area);
  for (let attempt = 1; ; attempt++) {
    const isLast = attempt === tries;
    const layout = await tryOut(words, area, { first, minSize, margin, isLast, stamp, options, hooks });
    if (layout) return layout;
    first *= RETRY;
  }
}

/** The size at which the words' boxes would fill the area, unless the largest word would not fit. */
function firstSize(words: readonly LayoutWord[], area: Area): number {
  const boxes = words.reduce((sum, { share, shape }) => sum + share * share * shape.width * shape.height, 0);
  const widest = Math.min(...words.slice(0, 5).map(({ share, shape }) => (area.width * 0.92) / (share * shape.width)));
  const highest = Math.min(
    ...words.slice(0, 5).map(({ share, shape }) => (area.height * 0.92) / (share * shape.height)),
  );
  return Math.min(Math.sqrt((FIRST_FILL * area.cells) / boxes), Math.max(widest, area.height * 0.1), highest);
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
  const random = createRandom(options.seed);
  const occupancy = createOccupancy(area.width, area.height, (x, y) => area.inside[y * area.width + x] === 0);
  const layout: Layout = { placed: [], skipped: [] };
  const xWeight = Math.min(1, area.height / area.width);
  let cap = Number.POSITIVE_INFINITY;

  for (const [index, item] of words.entries()) {
    if (index % 16 === 0) {
      // The turn of the event loop gives back the memory of what was read from the canvas.
      await turn();
      hooks.signal?.throwIfAborted();
      hooks.onPercent(Math.round((index / words.length) * 100));
    }
    const wanted = Math.max(first * item.share, minSize);
    const least = isLast ? minSize : Math.max(minSize, wanted * LEAST_SHARE);
    const angles = anglesFor(options.rotation, index, random);
    const spread = index === 0 ? 0 : SPREAD;
    const goal = {
      x: area.centerX + (random() - 0.5) * area.width * spread,
      y: area.centerY + (random() - 0.5) * area.height * spread,
      xWeight,
    };
    const found = place(occupancy, item, Math.min(wanted, cap), least, angles, goal, stamp);
    if (found) {
      takeWithMargin(occupancy, found, margin);
      layout.placed.push(found.laidOut);
      cap = found.laidOut.size;
    } else if (!isLast && least > minSize) return undefined;
    else layout.skipped.push(item);
  }
  hooks.onPercent(100);
  return layout;
}

interface Found {
  laidOut: LaidOut;
  runs: Runs;
  x: number;
  y: number;
}

function place(
  occupancy: Occupancy,
  item: LayoutWord,
  size: number,
  least: number,
  angles: readonly number[],
  goal: Parameters<typeof findPlace>[2],
  stamp: Stamp,
): Found | undefined {
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

/** Takes the cells of a word and those around it: distance is kept once, between two words, not twice. */
function takeWithMargin(occupancy: Occupancy, { runs, x, y }: Found, margin: number): void {
  let [top, bottom] = [occupancy.height, -1];
  for (let i = 0; i < runs.length; i += 3) {
    const row = y + runs[i + 1]!;
    for (let dy = -margin; dy <= margin; dy++) {
      const to = row + dy;
      if (to < 0 || to >= occupancy.height) continue;
      take(occupancy, x + runs[i]! - margin, to, runs[i + 2]! + 2 * margin);
      if (to < top) top = to;
      if (to > bottom) bottom = to;
    }
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
