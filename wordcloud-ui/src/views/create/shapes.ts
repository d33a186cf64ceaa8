/** The outlines that a cloud can have, as SVG paths in a square of 100 by 100; the engine's own, for icons and the sketch. */
export const SHAPE_PATHS: Readonly<Record<string, string>> = {
  rectangle: 'M0 0H100V100H0Z',
  ellipse: 'M50 0C77.6 0 100 22.4 100 50C100 77.6 77.6 100 50 100C22.4 100 0 77.6 0 50C0 22.4 22.4 0 50 0Z',
  circle: 'M50 0C77.6 0 100 22.4 100 50C100 77.6 77.6 100 50 100C22.4 100 0 77.6 0 50C0 22.4 22.4 0 50 0Z',
  heart: 'M50 96C22 74 2 54 2 31C2 15 14 4 28 4C38 4 46 10 50 19C54 10 62 4 72 4C86 4 98 15 98 31C98 54 78 74 50 96Z',
  star: 'M50 1L64.5 34L99 38L73 61.5L81 97L50 78.5L19 97L27 61.5L1 38L35.5 34Z',
  cloud:
    'M26 98C11 98 1 84.5 1 66.9C1 50.7 10 38.5 21 37.2C22 16.9 34 2 49 2C61 2 71 11.5 75 25C88 25 99 39.9 99 60.1C99 81.8 88 98 73 98Z',
  diamond: 'M50 0L100 50L50 100L0 50Z',
  triangle: 'M50 3L100 97H0Z',
  hexagon: 'M25 5H75L100 50L75 95H25L0 50Z',
  drop: 'M50 1C62 22 84 42 84 66C84 85 69 99 50 99C31 99 16 85 16 66C16 42 38 22 50 1Z',
};

/** These fill the picture whatever its form; the others keep theirs. */
const STRETCHED: ReadonlySet<string> = new Set(['rectangle', 'ellipse', 'diamond', 'triangle', 'hexagon', 'cloud']);

export interface ShapeBox {
  path: string;
  scaleX: number;
  scaleY: number;
  x: number;
  y: number;
}

/** A path and the box in which it is drawn. A shape that this page does not know is shown as a rectangle. */
export function shapeIn(name: string, width: number, height: number): ShapeBox {
  const known = Object.hasOwn(SHAPE_PATHS, name) ? name : 'rectangle';
  const side = Math.min(width, height);
  const [boxWidth, boxHeight] = STRETCHED.has(known) ? [width, height] : [side, side];
  return {
    path: SHAPE_PATHS[known]!,
    scaleX: boxWidth / 100,
    scaleY: boxHeight / 100,
    x: (width - boxWidth) / 2,
    y: (height - boxHeight) / 2,
  };
}
