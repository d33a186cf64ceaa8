/** A text, a letter or an emoji as the shape of a cloud. */
import { type Coverage, type Grid, outlineCoverage } from './area.ts';
import { emojiTiles } from './emoji.ts';
import { CloudError } from './errors.ts';
import type { FontName } from './fonts.ts';
import { shapeOf } from './word-shape.ts';

/** Letters may become so much higher or wider beside their other side, for strokes in which more words find room. */
const MOST_STRETCH = 1.5;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * Strokes must be wide enough for words, so the boldest there is; but characters of many strokes are known by the gaps between them,
 * which words of uneven length blur: the fewer characters, and so the larger, the lighter they may be.
 */
function fontFor(text: string, length: number): FontName {
  if (!/[\p{Script=Han}\p{Script=Hangul}]/u.test(text)) return 'sans-black';
  return length === 1 ? 'sans' : 'sans-bold';
}

/**
 * The text as large as the picture allows, in its middle; emoji by their real outline. Several letters are stretched where the
 * picture has room: a wide word would leave most of it empty.
 *
 * @param inset pixels that are left free on each side
 * @throws CloudError INVALID_OPTION when no font has its letters
 */
export async function textCoverage(text: string, grid: Grid, inset: number): Promise<Coverage> {
  const { length } = [...graphemes.segment(text)];
  const shape = shapeOf(text, fontFor(text, length));
  if (shape === undefined) {
    throw new CloudError(
      'INVALID_OPTION',
      `shapeText: got ${JSON.stringify(text)}; allowed is what a font here can draw.`,
    );
  }
  const { width, height, cell } = grid;
  // In pixels, centred on the picture.
  const [sizeX, sizeY] = [(width - 2 * inset) / shape.width, (height - 2 * inset) / shape.height];
  const size = Math.min(sizeX, sizeY);
  const most = length > 1 && shape.emoji.length === 0 ? size * MOST_STRETCH : size;
  const [x, y] = [width / 2, height / 2];
  const [scaleX, scaleY] = [Math.min(sizeX, most) / cell, Math.min(sizeY, most) / cell];
  const letters = { scaleX, scaleY, angle: 0, x: x / cell, y: y / cell };
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
