/** From a layout that was stored back to its picture, for the formats that are asked for later. */
import { CloudError } from '../errors.ts';
import type { DrawnLayout } from '../make-cloud.ts';
import { shapeOf } from '../word-shape.ts';
import type { CloudLayout } from './layout-json.ts';

/**
 * The words get their outlines again from the font; numbers and colours are those of the layout, so every format is, byte for byte,
 * what the finished cloud would have given.
 *
 * @param layout what `readLayoutJson` gave
 * @throws CloudError INVALID_OPTION when the layout does not tell its font (it was written before layouts did), or that font has
 *   not all letters of a word
 */
export function drawLayout({ width, height, background, font, contour, words, skipped }: CloudLayout): DrawnLayout {
  if (font === undefined) throw new CloudError('INVALID_OPTION', 'layout: got no font; allowed is one that tells it.');
  const drawn = words.map(({ word, weight, fontSize, x, y, angle, color }) => {
    const shape = shapeOf(word, font);
    if (shape === undefined) {
      const got = JSON.stringify(word);
      throw new CloudError('INVALID_OPTION', `layout: got the word ${got}; allowed is what a font here can draw.`);
    }
    return { word, weight, fontSize, x, y, angle, color, shape };
  });
  const placed = words.flatMap(({ width: _width, height: _height, copy, ...word }) => (copy ? [] : [word]));
  return { drawn, font, width, height, background, ...(contour && { contour }), placed, skipped };
}
