/** Painting of a layout in full resolution, with repair: what is painted is proven not to overlap. */
import { setImmediate as turn } from 'node:timers/promises';
import type { CloudHooks } from './cloud.ts';
import type { LaidOut, LayoutWord } from './layout-types.ts';
import type { CloudOptions } from './options.ts';
import type { PaintedWord, Raster } from './raster.ts';

/** A word that touches another one by a pixel is tried again smaller by this. */
const REPAIR = 0.97;
/** So often all words are made smaller in strict sizes, before single ones are left out. */
const STRICT_REPAIRS = 8;
/** The smallest size, multiplied by a share and back again, may come out less by so much. */
const ROUNDING = 1e-9;
/** After so many words others get their turn, a caller who has gone above all. */
const BATCH = 50;

export interface Painted {
  item: LayoutWord;
  word: PaintedWord;
  isCopy: boolean;
}

export interface PaintJob {
  placed: readonly LaidOut[];
  /** For each of `placed` the index of its colour. */
  indexes: readonly number[];
  /** Pixels of a cell. */
  cell: number;
  /** Pixels of the picture for one of the layout. */
  scale: number;
  /** A raster as it is before the words. */
  createRaster: () => Raster;
  options: CloudOptions;
  hooks: CloudHooks;
}

export interface Picture {
  raster: Raster;
  painted: Painted[];
  refused: LayoutWord[];
  /** Has each word found its pixels free? */
  isClean: boolean;
}

/** Paints all words, the largest first. Later words may only be smaller, so sizes stay in the order of weights. */
export async function paintWords(job: PaintJob): Promise<Picture> {
  if (!job.options.strict) return paintAll(job, 1, 'shrink');
  // One word alone must not shrink: all do, each where it stands.
  for (let repair = 0, factor = 1; repair < STRICT_REPAIRS; repair++, factor *= REPAIR) {
    const picture = await paintAll(job, factor, 'stop');
    if (picture.isClean) return picture;
  }
  return paintAll(job, 1, 'refuse');
}

type OnConflict = 'shrink' | 'stop' | 'refuse';

async function paintAll(job: PaintJob, factor: number, onConflict: OnConflict): Promise<Picture> {
  const { placed, indexes, cell, scale, createRaster, options, hooks } = job;
  const minSize = options.minFontSize * scale;
  const raster = createRaster();
  const painted: Painted[] = [];
  const refused: LayoutWord[] = [];
  let isClean = true;
  let cap = (options.maxFontSize ?? Number.POSITIVE_INFINITY) * scale;
  for (const [index, { item, x, y, size, angle, isCopy = false }] of placed.entries()) {
    if (index % BATCH === 0) {
      await turn();
      hooks.signal?.throwIfAborted();
      hooks.onStage?.('drawing', Math.round((index / placed.length) * 90));
    }
    if (isCopy && refused.includes(item)) continue;
    const placement = { shape: item.shape, size: Math.min(size * cell * factor, cap), angle };
    if (onConflict === 'stop' && placement.size < minSize * (1 - ROUNDING)) {
      if (!isCopy) refused.push(item);
      continue;
    }
    const wanted = { placement, x: x * cell, y: y * cell, color: indexes[index]! };
    const least = onConflict === 'shrink' ? minSize : placement.size;
    const word = await paintOrRepair(raster, wanted, least);
    if (word === undefined) {
      // A copy that finds no room is none.
      if (isCopy) continue;
      refused.push(item);
      isClean = false;
      if (onConflict === 'stop') break;
      continue;
    }
    cap = word.placement.size;
    painted.push({ item, word, isCopy });
  }
  return { raster, painted, refused, isClean };
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
