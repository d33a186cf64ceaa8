/** From words and weights to a picture: the engine as a whole. */
import { setImmediate as turn } from 'node:timers/promises';
import { type Area, type Grid, maskArea, shapeArea } from './area.ts';
import { CloudError } from './errors.ts';
import { type LaidOut, type LayoutWord, layOut } from './layout.ts';
import { type CloudOptions, resolveOptions, type Scaling } from './options.ts';
import { formatColor, readableColors } from './palettes.ts';
import { encodePng } from './png.ts';
import { createRandom } from './random.ts';
import { type PaintedWord, Raster } from './raster.ts';
import { Stamp } from './stamp.ts';
import { encodeSvg, type SvgWord } from './svg.ts';
import { shapeOf } from './word-shape.ts';

export interface WeightedWord {
  word: string;
  /** Above 0; how often it occurs, say. */
  weight: number;
}

export interface PlacedWord extends WeightedWord {
  /** Pixels. */
  fontSize: number;
  /** Centre of the ink, in pixels from the upper left corner. */
  x: number;
  y: number;
  /** Degrees clockwise. */
  angle: number;
  /** `#rrggbb`; emoji have their own colours. */
  color: string;
}

export interface SkippedWord {
  word: string;
  /** `no-room`: not even at the smallest size; `no-glyph`: no font has one of its letters; `no-weight`: weight not above 0. */
  reason: 'no-room' | 'no-glyph' | 'no-weight';
}

export interface Cloud {
  png: Uint8Array;
  /** Writes the SVG: the same words at the same places. */
  svg: () => string;
  /** What was drawn, with the outlines of the letters, the heaviest first: for other formats. */
  drawn: readonly SvgWord[];
  /** `#rrggbb` or `transparent`. */
  background: string;
  width: number;
  height: number;
  placed: PlacedWord[];
  skipped: SkippedWord[];
  /** Share of the allowed area that is covered with ink, 0 to 1. */
  fill: number;
  /** Milliseconds. */
  ms: { layout: number; draw: number };
}

export interface CloudHooks {
  /** Ends the work between two words; its reason is thrown. */
  signal?: AbortSignal;
  onStage?: (stage: 'layout' | 'drawing', percent: number) => void;
  /** An image file; words go where it is dark or not transparent. Takes the place of `shape`. */
  mask?: Uint8Array;
}

/** Cells of the layout's grid: fine enough for the number of words, whatever the size of the picture. */
const CELLS_PER_WORD = 500;
const [LEAST_CELLS, MOST_CELLS] = [110_000, 1_000_000];
/** A word that touches another one by a pixel is tried again smaller by this. */
const REPAIR = 0.97;
/** After so many words others get their turn, a caller who has gone above all. */
const BATCH = 50;

/**
 * Lays out and draws. Every word is either in `placed` or, with a reason, in `skipped`; no two words share a pixel.
 *
 * @throws CloudError INVALID_OPTION, BAD_MASK, NO_DRAWABLE_WORDS
 *
 * @example
 * const { png } = await makeCloud([{ word: 'tea', weight: 9 }, { word: 'time', weight: 4 }], { width: 600, height: 400 });
 */
export async function makeCloud(
  words: readonly WeightedWord[],
  given: Partial<CloudOptions>,
  hooks: CloudHooks = {},
): Promise<Cloud> {
  const options = resolveOptions(given);
  const { width, height } = options;
  const started = performance.now();
  const { items, skipped } = await prepare(words, options, hooks.signal);
  if (items.length === 0) {
    throw new CloudError('NO_DRAWABLE_WORDS', 'None of the words can be drawn: no font here has their letters.');
  }
  const grid = gridOf(width, height, items.length);
  const { cell } = grid;
  const area = hooks.mask ? await maskArea(hooks.mask, grid) : shapeArea(options.shape, grid);
  const onPercent = (percent: number) => hooks.onStage?.('layout', percent);
  const layout = await layOut(items, area, cell, options, { signal: hooks.signal, onPercent });
  const laidOutAt = performance.now();

  const { raster, painted, refused } = await paint(layout.placed, area, cell, options, hooks);
  for (const { word } of [...layout.skipped, ...refused]) skipped.push({ word, reason: 'no-room' });
  if (painted.length === 0) {
    throw new CloudError('NO_DRAWABLE_WORDS', 'The picture or the mask is too small for any of the words.');
  }
  hooks.signal?.throwIfAborted();
  const colors = readableColors(options.palette, options.background);
  const drawn = painted.map(({ item, word }) => ({
    word: item.word,
    weight: item.weight,
    fontSize: word.placement.size,
    x: word.x,
    y: word.y,
    angle: word.placement.angle,
    color: formatColor(colors[word.color]!),
    shape: item.shape,
  }));
  const png = encodePng(raster, colors, options.background);
  hooks.onStage?.('drawing', 100);
  return {
    png,
    svg: () => encodeSvg(drawn, width, height, options.background),
    drawn,
    background: options.background,
    width,
    height,
    placed: drawn.map(({ shape: _shape, ...word }) => word),
    skipped,
    fill: raster.ink / (area.cells * cell * cell),
    ms: { layout: laidOutAt - started, draw: performance.now() - laidOutAt },
  };
}

/** Whole pixels where that is fine enough, so that cells and pixels fall together. */
function gridOf(width: number, height: number, words: number): Grid {
  const cells = Math.min(Math.max(words * CELLS_PER_WORD, LEAST_CELLS), MOST_CELLS);
  const cell = Math.max(1, Math.round(Math.sqrt((width * height) / cells)));
  return { width, height, cell, columns: Math.floor(width / cell), rows: Math.floor(height / cell) };
}

/** Heaviest first, ties in the order of code units, so that the same words always come in the same order. */
async function prepare(words: readonly WeightedWord[], { font, scaling }: CloudOptions, signal?: AbortSignal) {
  const skipped: SkippedWord[] = [];
  const weighted = words.filter(({ word, weight }) => {
    const usable = Number.isFinite(weight) && weight > 0;
    if (!usable) skipped.push({ word, reason: 'no-weight' });
    return usable;
  });
  const sorted = weighted.toSorted((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : Number(a.word > b.word)));
  const most = sorted[0]?.weight ?? 1;
  const items: LayoutWord[] = [];
  for (const [index, { word, weight }] of sorted.entries()) {
    if (index % BATCH === 0) {
      await turn();
      signal?.throwIfAborted();
    }
    const shape = shapeOf(word, font);
    if (shape === undefined) skipped.push({ word, reason: 'no-glyph' });
    // A small word inside of 口 or 国 makes both unreadable; inside of a large O it does not.
    else
      items.push({ word, weight, shape, share: shareOf(weight, most, scaling), solid: /\p{Script=Han}/u.test(word) });
  }
  return { items, skipped };
}

function shareOf(weight: number, most: number, scaling: Scaling): number {
  if (scaling === 'linear') return weight / most;
  if (scaling === 'sqrt') return Math.sqrt(weight / most);
  return Math.log1p(weight) / Math.log1p(most);
}

interface Painted {
  item: LayoutWord;
  word: PaintedWord;
}

/** Paints all words, the largest first. Later words may only be smaller, so sizes stay in the order of weights. */
async function paint(
  placed: readonly LaidOut[],
  area: Area,
  cell: number,
  options: CloudOptions,
  { signal, onStage }: CloudHooks,
) {
  const raster = new Raster(options.width, options.height, new Stamp(), area, cell);
  const colorCount = readableColors(options.palette, options.background).length;
  const nextColor = createColorBag(colorCount, createRandom(options.seed ^ 0x5eed));
  const painted: Painted[] = [];
  const refused: LayoutWord[] = [];
  let cap = Number.POSITIVE_INFINITY;
  for (const [index, { item, x, y, size, angle }] of placed.entries()) {
    if (index % BATCH === 0) {
      await turn();
      signal?.throwIfAborted();
      onStage?.('drawing', Math.round((index / placed.length) * 90));
    }
    const placement = { shape: item.shape, size: Math.min(size * cell, cap), angle };
    const word = await paintOrRepair(
      raster,
      { placement, x: x * cell, y: y * cell, color: nextColor() },
      options.minFontSize,
    );
    if (word === undefined) refused.push(item);
    else {
      cap = word.placement.size;
      painted.push({ item, word });
    }
  }
  return { raster, painted, refused };
}

/** All colours in random order, then all again: so few words have different colours, and many have them equally often. */
function createColorBag(count: number, random: () => number): () => number {
  let bag: number[] = [];
  return () => {
    if (bag.length === 0) bag = Array.from({ length: count }, (_, index) => index);
    return bag.splice(Math.floor(random() * bag.length), 1)[0]!;
  };
}

/** A word that touches another one by a pixel is painted a little smaller, down to the smallest size. */
async function paintOrRepair(raster: Raster, word: PaintedWord, least: number): Promise<PaintedWord | undefined> {
  const { size: whole } = word.placement;
  for (let size = whole; size === whole || size >= least; size *= REPAIR) {
    const tried = { ...word, placement: { ...word.placement, size } };
    if (await raster.paint(tried)) return tried;
  }
  return undefined;
}
