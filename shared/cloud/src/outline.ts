/** Outlines: contours of lines and curves, as fonts have them. Read by the rasteriser, written as SVG path data. */

/** How many points each command takes: move, line, quadratic curve, cubic curve, close. */
export const POINTS = { M: 1, L: 1, Q: 2, C: 3, Z: 0 } as const;
export type Command = keyof typeof POINTS;

export interface Outline {
  commands: readonly Command[];
  /** x, y, x, y, … of all commands, in ems; y grows downwards. */
  points: Float64Array;
}

const THOUSANDTHS = 1000;

/** SVG path data in thousandths of an em: less than a pixel at any size there is. */
export function toPathData({ commands, points }: Outline): string {
  let data = '';
  let at = 0;
  for (const command of commands) {
    data += command;
    const end = at + POINTS[command] * 2;
    for (let first = true; at < end; at++, first = false) {
      const value = Math.round(points[at]! * THOUSANDTHS);
      data += first || value < 0 ? value : ` ${value}`;
    }
  }
  return data;
}

/** Reads path data of absolute M, L, H, V, Q, C and Z: our own shapes, not any SVG. */
export function parsePathData(data: string): Outline {
  const commands: Command[] = [];
  const points: number[] = [];
  let [x, y] = [0, 0];
  for (const [, letter, numbers] of data.matchAll(/([MLHVQCZ])([^MLHVQCZ]*)/g)) {
    const values =
      numbers!.trim() === ''
        ? []
        : numbers!
            .trim()
            .split(/[\s,]+/)
            .map(Number);
    if (letter === 'H') values.push(y);
    if (letter === 'V') values.unshift(x);
    commands.push(letter === 'H' || letter === 'V' ? 'L' : (letter as Command));
    points.push(...values);
    if (values.length > 0) [x, y] = [values.at(-2)!, values.at(-1)!];
  }
  return { commands, points: Float64Array.from(points) };
}
