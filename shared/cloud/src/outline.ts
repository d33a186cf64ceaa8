/** Outlines: contours of lines and curves, as fonts have them. Read by the rasteriser, written as SVG path data. */

/** How many points each command takes: move, line, quadratic curve, cubic curve, close. */
export const POINTS = { M: 1, L: 1, Q: 2, C: 3, Z: 0 } as const;
export type Command = keyof typeof POINTS;

export interface Outline {
  commands: readonly Command[];
  /** x, y, x, y, … of all commands, in ems; y grows downwards. */
  points: Float64Array;
}

/**
 * SVG path data on a grid of so many steps for an em, as short as it can be: relative, so that numbers are small, and a
 * command that repeats is not repeated. Each point is rounded where it lies, so errors do not add up.
 */
export function toPathData({ commands, points }: Outline, steps: number): string {
  let data = '';
  let last = '';
  let [x, y, startX, startY, at] = [0, 0, 0, 0, 0];
  const write = (letter: string, numbers: readonly number[]) => {
    const repeats = letter === last;
    if (!repeats) data += letter;
    for (const [i, number] of numbers.entries()) data += number < 0 || (i === 0 && !repeats) ? number : ` ${number}`;
    last = letter;
  };
  for (const command of commands) {
    if (command === 'Z') {
      write('z', []);
      [x, y] = [startX, startY];
      continue;
    }
    const end = at + POINTS[command] * 2;
    const numbers: number[] = [];
    for (let i = at; i < end; i += 2) {
      numbers.push(Math.round(points[i]! * steps) - x, Math.round(points[i + 1]! * steps) - y);
    }
    [x, y, at] = [x + numbers.at(-2)!, y + numbers.at(-1)!, end];
    if (command === 'M') [startX, startY] = [x, y];
    if (command === 'L' && numbers[1] === 0) write('h', [numbers[0]!]);
    else if (command === 'L' && numbers[0] === 0) write('v', [numbers[1]!]);
    else write(command.toLowerCase(), numbers);
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
