/** The outlines that a cloud can have, as SVG paths in a square of 100 by 100. */

const PATHS = {
  rectangle: 'M0 0H100V100H0Z',
  ellipse: 'M50 0C77.6 0 100 22.4 100 50C100 77.6 77.6 100 50 100C22.4 100 0 77.6 0 50C0 22.4 22.4 0 50 0Z',
  circle: 'M50 0C77.6 0 100 22.4 100 50C100 77.6 77.6 100 50 100C22.4 100 0 77.6 0 50C0 22.4 22.4 0 50 0Z',
  heart: 'M50 96C22 74 2 54 2 31C2 15 14 4 28 4C38 4 46 10 50 19C54 10 62 4 72 4C86 4 98 15 98 31C98 54 78 74 50 96Z',
  star: 'M50 1L64.5 34L99 38L73 61.5L81 97L50 78.5L19 97L27 61.5L1 38L35.5 34Z',
  cloud:
    'M26 84C11 84 1 74 1 61C1 49 10 40 21 39C22 24 34 13 49 13C61 13 71 20 75 30C88 30 99 41 99 56C99 72 88 84 73 84Z',
  diamond: 'M50 0L100 50L50 100L0 50Z',
  triangle: 'M50 3L100 97H0Z',
  hexagon: 'M25 5H75L100 50L75 95H25L0 50Z',
  drop: 'M50 1C62 22 84 42 84 66C84 85 69 99 50 99C31 99 16 85 16 66C16 42 38 22 50 1Z',
} as const;

export type ShapeName = keyof typeof PATHS;
export const SHAPES = Object.keys(PATHS) as readonly ShapeName[];

/** These fill the canvas whatever its form; the others keep theirs. */
const STRETCHED: ReadonlySet<ShapeName> = new Set(['rectangle', 'ellipse', 'diamond', 'triangle', 'hexagon', 'cloud']);

/** A path and the box in which it is to be drawn. */
export function shapeIn(name: ShapeName, width: number, height: number) {
  const side = Math.min(width, height);
  const [boxWidth, boxHeight] = STRETCHED.has(name) ? [width, height] : [side, side];
  return {
    path: PATHS[name],
    scaleX: boxWidth / 100,
    scaleY: boxHeight / 100,
    x: (width - boxWidth) / 2,
    y: (height - boxHeight) / 2,
  };
}
