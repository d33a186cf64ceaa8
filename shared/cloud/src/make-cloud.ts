/** From words and weights to a picture: the engine as a whole. */
import type { Grid } from './area.ts';
import type { Cloud, CloudHooks, PlacedWord, WeightedWord } from './cloud.ts';
import { colorWords } from './coloring.ts';
import { contourPath } from './contour.ts';
import { CloudError } from './errors.ts';
import { layOut } from './layout.ts';
import type { Former, LayoutWord } from './layout-types.ts';
import { type CloudOptions, resolveOptions } from './options.ts';
import { type Painted, paintWords } from './paint.ts';
import { formatColor, parseColor, readableColors } from './palettes.ts';
import { encodePng } from './png.ts';
import { prepareWords } from './prepare.ts';
import { type PaintedWord, Raster } from './raster.ts';
import { silhouetteOf } from './silhouette.ts';
import { Stamp } from './stamp.ts';
import { encodeSvg, type SvgWord } from './svg.ts';

export type { Cloud, CloudHooks, DrawnLayout, PlacedWord, SkippedWord, WeightedWord } from './cloud.ts';

/** Cells of the layout's grid: fine enough for the number of words, whatever the size of the picture. */
const CELLS_PER_WORD = 500;
const [LEAST_CELLS, MOST_CELLS] = [240_000, 1_000_000];
/** With copies there are about so many, most of them small. */
const REPEATED_WORDS = 1000;

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
  const { scale } = options;
  const [width, height] = [options.width * scale, options.height * scale];
  if (options.colorBy === 'image' && !hooks.mask) {
    throw new CloudError('INVALID_OPTION', 'colorBy: got "image"; allowed is that only with a mask.');
  }
  const started = performance.now();
  const { items, skipped } = await prepareWords(words, options, hooks.signal);
  if (items.length === 0) {
    throw new CloudError('NO_DRAWABLE_WORDS', 'None of the words can be drawn: no font here has their letters.');
  }
  const grid = gridOf(options, items.length);
  const { cell } = grid;
  const { area, contour: loops, imageColor } = await silhouetteOf(options, grid, hooks.mask);
  const former = hooks.previous && formerOf(hooks.previous, items, cell * scale);
  const onPercent = (percent: number) => hooks.onStage?.('layout', percent);
  const layout = await layOut(items, area, cell, options, { signal: hooks.signal, onPercent, former });
  const laidOutAt = performance.now();

  const formerColors = hooks.previous && new Map(hooks.previous.map(({ word, color }) => [word, color]));
  const { colors, indexes } = colorWords(layout.placed, options, imageColor, formerColors);
  const line = parseColor(options.contourColor ?? formatColor(readableColors(options.palette, options.background)[0]!));
  const contour = loops.length > 0 && {
    path: contourPath(loops, scale),
    width: options.contour * scale,
    color: formatColor(line),
  };
  if (contour) colors.push(line);
  const scaled = loops.map((loop) => loop.map((value) => value * scale));
  const createRaster = () => {
    const raster = new Raster(width, height, new Stamp(), area, cell * scale, colors.length);
    if (contour) raster.paintLine(scaled, contour.width, colors.length - 1);
    return raster;
  };
  const { font, background } = options;
  const frame = { font, width, height, background, ...(contour && { contour }) };
  const svgWord = (item: LayoutWord, { placement, x, y, color }: PaintedWord): SvgWord => ({
    word: item.word,
    weight: item.weight,
    fontSize: placement.size,
    x,
    y,
    angle: placement.angle,
    color: formatColor(colors[color]!),
    shape: item.shape,
  });
  const { placed } = layout;
  if (hooks.onLayout && placed.length > 0) {
    const drawn = placed.map(({ item, x, y, size, angle }, index) => {
      const placement = { shape: item.shape, size: size * cell * scale, angle };
      return svgWord(item, { placement, x: x * cell * scale, y: y * cell * scale, color: indexes[index]! });
    });
    await hooks.onLayout({ ...frame, drawn });
  }
  const paintingAt = performance.now();
  const { raster, painted, refused } = await paintWords({
    placed,
    indexes,
    cell: cell * scale,
    scale,
    createRaster,
    options,
    hooks,
  });
  for (const { word } of [...layout.skipped, ...refused]) skipped.push({ word, reason: 'no-room' });
  if (painted.length === 0) {
    throw new CloudError('NO_DRAWABLE_WORDS', 'The picture or the mask is too small for any of the words.');
  }
  hooks.signal?.throwIfAborted();
  const drawn = painted.map(({ item, word }) => svgWord(item, word));
  const copies = options.repeat ? countCopies(painted) : undefined;
  const png = encodePng(raster, colors, background);
  hooks.onStage?.('drawing', 100);
  return {
    png,
    svg: () => encodeSvg({ ...frame, drawn }),
    ...frame,
    drawn,
    placed: painted.flatMap(({ isCopy }, index) => {
      if (isCopy) return [];
      const { shape: _shape, ...word } = drawn[index]!;
      return { ...word, ...(copies && { copies: copies.get(painted[index]!.item)! }) };
    }),
    skipped,
    fill: raster.ink / (area.cells * (cell * scale) ** 2),
    ms: { layout: laidOutAt - started, draw: performance.now() - paintingAt },
  };
}

/** Whole pixels where that is fine enough, so that cells and pixels fall together. */
function gridOf({ width, height, repeat }: CloudOptions, words: number): Grid {
  const standing = repeat ? Math.max(words, REPEATED_WORDS) : words;
  const cells = Math.min(Math.max(standing * CELLS_PER_WORD, LEAST_CELLS), MOST_CELLS);
  const cell = Math.max(1, Math.round(Math.sqrt((width * height) / cells)));
  return { width, height, cell, columns: Math.floor(width / cell), rows: Math.floor(height / cell) };
}

/**
 * @param cell pixels of a cell
 * @returns undefined when none of the words was there
 */
function formerOf(previous: readonly PlacedWord[], items: readonly LayoutWord[], cell: number): Former | undefined {
  const words = new Set(items.map(({ word }) => word));
  const kept = previous.filter(({ word }) => words.has(word));
  if (kept.length === 0) return undefined;
  return new Map(
    kept.map(({ word, weight, x, y, fontSize, angle }) => [
      word,
      { x: x / cell, y: y / cell, size: fontSize / cell, angle, weight },
    ]),
  );
}

function countCopies(painted: readonly Painted[]): Map<LayoutWord, number> {
  const copies = new Map<LayoutWord, number>();
  for (const { item } of painted) copies.set(item, (copies.get(item) ?? 0) + 1);
  return copies;
}
