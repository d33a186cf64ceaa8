/** Which words stand so on one line that, in the same colour, they could be read as one. */
import type { LaidOut } from './layout-types.ts';

/** Narrower gaps are read as blanks, in ems of the larger word. */
const BLANK = 0.4;
/** Words are on one line when they share this much of the lower one's height. */
const SHARED = 0.5;

interface Line {
  upright: boolean;
  /** Along the line and across it: middle and half of the length. */
  along: number;
  length: number;
  across: number;
  height: number;
  size: number;
}

/** Asked for words in the order in which they are given, about those before them. */
export function createNeighbours(): (word: LaidOut) => number[] {
  const lines: Line[] = [];
  return (word) => {
    const line = lineOf(word);
    const found: number[] = [];
    for (let i = 0; i < lines.length; i++) if (areBeside(lines[i]!, line)) found.push(i);
    lines.push(line);
    return found;
  };
}

function lineOf({ item: { shape }, x, y, size, angle }: LaidOut): Line {
  const upright = Math.abs(angle) > 45;
  const [along, across] = upright ? [y, x] : [x, y];
  return { upright, along, across, length: (shape.width * size) / 2, height: (shape.height * size) / 2, size };
}

function areBeside(a: Line, b: Line): boolean {
  if (a.upright !== b.upright) return false;
  const shared = a.height + b.height - Math.abs(a.across - b.across);
  if (shared < Math.min(a.height, b.height) * 2 * SHARED) return false;
  return Math.abs(a.along - b.along) - a.length - b.length < Math.max(a.size, b.size) * BLANK;
}
