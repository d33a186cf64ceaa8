/**
 * The line around a shape, a text or a mask: traced from how much of each cell lies inside (marching squares; Lorensen and
 * Cline 1987, in two dimensions), so it is the same for all of them, and smooth although cells are coarse.
 */
import type { Coverage, Grid } from './area.ts';

/** A closed line: x, y, x, y, … in pixels of the picture at scale 1. */
export type Loop = Float64Array;

/** Half of a cell: there runs the line. */
const LEVEL = 127.5;
/** Points that lie nearer to the line between their neighbours than this are left out, in cells. */
const TOLERANCE = 0.12;
/** How often the field is smoothed: a line then forgets what is smaller than about two cells. */
const SMOOTHINGS = 5;
/** Loops of fewer points are specks of the image. */
const LEAST_POINTS = 12;

/** @param edge cells at the edge of the picture where no line may run, so that none is cut */
export function traceContour(coverage: Coverage, { columns, rows, cell }: Grid, edge: number): Loop[] {
  const field = smoothed(coverage, columns, rows, edge);
  const at = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= columns || y >= rows ? 0 : field[y * columns + x]!;
  // Each square of four cell centres: from which of its sides the line comes, and to which it goes, the inside on its right.
  const next = new Map<number, number>();
  const stride = columns + 2;
  const right = (x: number, y: number) => ((y + 1) * stride + x + 1) * 2;
  const down = (x: number, y: number) => right(x, y) + 1;
  for (let y = -1; y < rows; y++) {
    for (let x = -1; x < columns; x++) {
      const inside = [at(x, y), at(x + 1, y), at(x + 1, y + 1), at(x, y + 1)].map((value) => value > LEVEL);
      const sides = [right(x, y), down(x + 1, y), right(x, y + 1), down(x, y)];
      for (let side = 0; side < 4; side++) {
        // The line comes in where, going round, the outside begins, and leaves where the inside begins the next time.
        if (!inside[side] || inside[(side + 1) % 4]) continue;
        let leave = (side + 1) % 4;
        while (inside[leave] || !inside[(leave + 1) % 4]) leave = (leave + 1) % 4;
        next.set(sides[side]!, sides[leave]!);
      }
    }
  }
  const pointOf = (side: number): [number, number] => {
    const node = side >> 1;
    const [x, y] = [(node % stride) - 1, Math.floor(node / stride) - 1];
    const isDown = side % 2 === 1;
    const [from, to] = [at(x, y), isDown ? at(x, y + 1) : at(x + 1, y)];
    const share = (LEVEL - from) / (to - from);
    return [x + 0.5 + (isDown ? 0 : share), y + 0.5 + (isDown ? share : 0)];
  };
  const loops: Loop[] = [];
  for (const start of next.keys()) {
    const points: [number, number][] = [];
    for (let side: number | undefined = start; side !== undefined; ) {
      const following: number | undefined = next.get(side);
      if (following === undefined) break;
      points.push(pointOf(side));
      next.delete(side);
      side = following;
    }
    if (points.length < LEAST_POINTS) continue;
    loops.push(Float64Array.from(simplified(points).flat(), (value) => value * cell));
  }
  return loops;
}

/** Each cell with a part of its neighbours: the edge of an image is as rough as its pixels, and a line shows that. */
function smoothed(coverage: Coverage, columns: number, rows: number, edge: number): Float32Array {
  let field = new Float32Array(columns * rows);
  for (let y = edge; y < rows - edge; y++) {
    for (let x = edge; x < columns - edge; x++) field[y * columns + x] = coverage[y * columns + x]!;
  }
  for (let pass = 0; pass < SMOOTHINGS; pass++) {
    for (const step of [1, columns]) {
      const next = field.slice();
      for (let i = step; i < field.length - step; i++) {
        next[i] = (field[i - step]! + 2 * field[i]! + field[i + step]!) / 4;
      }
      field = next;
    }
  }
  return field;
}

/** Douglas and Peucker (1973), on the two halves of the loop. */
function simplified(points: readonly [number, number][]): [number, number][] {
  const keep = new Uint8Array(points.length);
  const middle = points.length >> 1;
  const open: [from: number, to: number][] = [
    [0, middle],
    [middle, points.length],
  ];
  while (open.length > 0) {
    const [from, to] = open.pop()!;
    keep[from] = 1;
    const [a, b] = [points[from]!, points[to % points.length]!];
    let [farthest, most] = [-1, TOLERANCE];
    for (let i = from + 1; i < to; i++) {
      const distance = distanceToSegment(points[i]![0], points[i]![1], a[0], a[1], b[0], b[1]);
      if (distance > most) [farthest, most] = [i, distance];
    }
    if (farthest >= 0) open.push([from, farthest], [farthest, to]);
  }
  return points.filter((_, i) => keep[i] === 1);
}

/** SVG path data of absolute M, L and Z. */
export function contourPath(loops: readonly Loop[], scale: number): string {
  const number = (value: number) => Number((value * scale).toFixed(1));
  return loops
    .map((loop) => {
      const points: string[] = [];
      for (let i = 0; i < loop.length; i += 2) points.push(`${number(loop[i]!)} ${number(loop[i + 1]!)}`);
      return `M${points.join('L')}Z`;
    })
    .join('');
}

/** Calls for each point of a lattice that is near a line, with its distance; more than once where several pieces are near. */
export function visitNear(
  loops: readonly Loop[],
  reach: number,
  columns: number,
  rows: number,
  /** Side of the lattice's squares, in the unit of the line; their centres are looked at. */
  step: number,
  visit: (at: number, distance: number) => void,
): void {
  for (const loop of loops) {
    for (let i = 0; i < loop.length; i += 2) {
      const [x0, y0] = [loop[i]!, loop[i + 1]!];
      const end = (i + 2) % loop.length;
      const [x1, y1] = [loop[end]!, loop[end + 1]!];
      const bottom = Math.min(rows - 1, Math.ceil((Math.max(y0, y1) + reach) / step));
      for (let y = Math.max(0, Math.floor((Math.min(y0, y1) - reach) / step)); y <= bottom; y++) {
        // Only the part of the piece that is near to this row, or a long slanting one would take very long.
        const xAt = (limit: number) => x0 + (x1 - x0) * Math.min(1, Math.max(0, (limit - y0) / (y1 - y0)));
        const centre = (y + 0.5) * step;
        const [from, to] = y0 === y1 ? [x0, x1] : [xAt(centre - reach), xAt(centre + reach)];
        const last = Math.min(columns - 1, Math.ceil((Math.max(from, to) + reach) / step));
        for (let x = Math.max(0, Math.floor((Math.min(from, to) - reach) / step)); x <= last; x++) {
          const distance = distanceToSegment((x + 0.5) * step, (y + 0.5) * step, x0, y0, x1, y1);
          if (distance <= reach) visit(y * columns + x, distance);
        }
      }
    }
  }
}

function distanceToSegment(x: number, y: number, x0: number, y0: number, x1: number, y1: number): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const along = ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1);
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(x - x0 - share * dx, y - y0 - share * dy);
}
