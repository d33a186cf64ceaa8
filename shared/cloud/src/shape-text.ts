/** A text, a letter or an emoji as the shape of a cloud. */
import { type Coverage, type Grid, outlineCoverage } from './area.ts';
import { emojiTiles } from './emoji.ts';
import { CloudError } from './errors.ts';
import { shapeOf } from './word-shape.ts';

/** The boldest there is: strokes must be wide enough for words. */
const FONT = 'sans-black';

/**
 * The text as large as the picture allows, in its middle; emoji by their real outline.
 *
 * @param inset pixels that are left free on each side
 * @throws CloudError INVALID_OPTION when no font has its letters
 */
export async function textCoverage(text: string, grid: Grid, inset: number): Promise<Coverage> {
  const shape = shapeOf(text, FONT);
  if (shape === undefined) {
    throw new CloudError(
      'INVALID_OPTION',
      `shapeText: got ${JSON.stringify(text)}; allowed is what a font here can draw.`,
    );
  }
  const { width, height, cell } = grid;
  // In pixels, centred on the picture.
  const size = Math.min((width - 2 * inset) / shape.width, (height - 2 * inset) / shape.height);
  const [x, y] = [width / 2, height / 2];
  const scale = size / cell;
  const letters = { scaleX: scale, scaleY: scale, angle: 0, x: x / cell, y: y / cell };
  const coverage = outlineCoverage(shape.letters, letters, grid);
  for (const part of shape.emoji) {
    const place = { size, angle: 0, x: x + part.x * size, y: y + part.y * size };
    const counts = new Uint8Array(coverage.length);
    for await (const tile of emojiTiles(part.emoji, part.form, place)) {
      for (let at = 0; at < tile.width * tile.height; at++) {
        if (tile.colors[at * 4 + 3]! < 128) continue;
        const column = Math.floor((tile.left + (at % tile.width)) / cell);
        const row = Math.floor((tile.top + Math.floor(at / tile.width)) / cell);
        const isIn = column >= 0 && row >= 0 && column < grid.columns && row < grid.rows;
        if (isIn) counts[row * grid.columns + column]!++;
      }
    }
    for (const [at, count] of counts.entries()) {
      coverage[at] = Math.max(coverage[at]!, Math.floor((count * 255) / (cell * cell)));
    }
  }
  return coverage;
}
