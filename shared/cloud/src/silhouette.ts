/** Where the words of a cloud may stand, from its options: inside of a shape, a text or a mask, clear of the line around it. */
import { type Area, areaOf, type Coverage, edgeOf, type Grid, shapeCoverage } from './area.ts';
import type { ImageColor } from './coloring.ts';
import { type Loop, traceContour, visitNear } from './contour.ts';
import { CloudError } from './errors.ts';
import { readMask } from './mask.ts';
import type { CloudOptions } from './options.ts';
import type { Rgb } from './palettes.ts';
import { textCoverage } from './shape-text.ts';
import { boxOf } from './stamp.ts';

export interface Silhouette {
  area: Area;
  /** Empty where no contour is wished for. */
  contour: Loop[];
  imageColor: ImageColor | undefined;
}

/** Least number of cells that a mask or a text must leave. */
const LEAST_CELLS = 50;
/** Clear pixels between the contour and the words. */
const CLEARANCE = 1.5;

/** @throws CloudError BAD_MASK, INVALID_OPTION */
export async function silhouetteOf(options: CloudOptions, grid: Grid, file?: Uint8Array): Promise<Silhouette> {
  const { contour: width, shapeText, shape } = options;
  const mask = file && (await readMask(file, grid, options));
  const inset = width > 0 ? width / 2 + 1 : 0;
  const coverage =
    mask?.coverage ??
    (shapeText === undefined ? shapeCoverage(shape, grid, inset) : await textCoverage(shapeText, grid, inset));
  const contour = width > 0 ? traceContour(coverage, grid, mask ? Math.ceil(inset / grid.cell) : 0) : [];
  const area = areaOf(coverage, grid, mask ? 0 : edgeOf(grid), barredBy(contour, width, grid));
  if (area.cells < LEAST_CELLS && mask) {
    throw new CloudError(
      'BAD_MASK',
      'The mask leaves no room: words go where it is dark, or where it is not transparent; inverted, elsewhere.',
    );
  }
  return { area, contour, imageColor: mask?.colors && imageColors(mask.colors, mask.coverage, grid) };
}

/** The cells that are too near to the line. */
function barredBy(contour: readonly Loop[], width: number, { columns, rows, cell }: Grid) {
  if (contour.length === 0) return undefined;
  const barred = new Uint8Array(columns * rows);
  // From the middle of a cell to its corner.
  const reach = width / 2 + CLEARANCE + cell * Math.SQRT1_2;
  visitNear(contour, reach, columns, rows, cell, (at) => {
    barred[at] = 1;
  });
  return (column: number, row: number) => barred[row * columns + column] === 1;
}

/** The cell under the word whose colour is nearest to their mean: one that the image really has. */
function imageColors(colors: Uint8Array, coverage: Coverage, { columns, rows }: Grid): ImageColor {
  return ({ item, x, y, size, angle }) => {
    const box = boxOf({ shape: item.shape, size, angle });
    const found: Rgb[] = [];
    const [bottom, right] = [Math.min(rows, y + box.height / 2), Math.min(columns, x + box.width / 2)];
    for (let row = Math.max(0, Math.floor(y - box.height / 2)); row < bottom; row++) {
      for (let column = Math.max(0, Math.floor(x - box.width / 2)); column < right; column++) {
        const at = row * columns + column;
        if (coverage[at] === 255) found.push([colors[at * 3]!, colors[at * 3 + 1]!, colors[at * 3 + 2]!]);
      }
    }
    const mean = [0, 1, 2].map((i) => found.reduce((sum, rgb) => sum + rgb[i]!, 0) / found.length);
    const distance = (rgb: Rgb) => rgb.reduce((sum, value, i) => sum + (value - mean[i]!) ** 2, 0);
    return found.reduce((best, rgb) => (distance(rgb) < distance(best) ? rgb : best));
  };
}
