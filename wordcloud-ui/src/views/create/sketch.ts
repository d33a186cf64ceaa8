/**
 * The sketch: a few words laid out in the browser while options change. Boxes instead of letters, a spiral instead of a
 * search: what comes out shows colours, outline and turning, not the picture that will be made.
 */
import type { WordCount } from './count-words.ts';

/** What words may cover, as a grid. */
export interface Ground {
  /** Cells, of which each is one unit of the sketch. */
  width: number;
  height: number;
  /** 1 for each cell inside of the shape, row after row. */
  inside: Uint8Array;
}

export interface SketchOptions {
  /** How words may be turned: `none`, `mixed`, `slight`, `free`. */
  rotation: string;
  /** How size follows count: `linear`, `sqrt`, `log`. */
  scaling: string;
  seed: number;
}

/** Size of a word in ems, and how far its baseline lies below the centre. */
export type Measure = (word: string) => { width: number; height: number; baseline: number };

export interface SketchWord {
  word: string;
  /** Centre, in cells. */
  x: number;
  y: number;
  /** Box of the turned word, in cells. */
  width: number;
  height: number;
  fontSize: number;
  /** From the centre down to the baseline, in ems. */
  baseline: number;
  /** Degrees clockwise. */
  angle: number;
}

/** Share of the ground that the boxes would cover at the first size. */
const FILL = 0.72;
const SHRINK = 0.86;
/** Font size in cells below which a word is left out. */
const LEAST_SIZE = 5;
const SPIRAL_STEPS = 420;

/** Heaviest words first; no two boxes overlap, and each lies inside of the ground. */
export function placeWords(
  words: readonly WordCount[],
  ground: Ground,
  measure: Measure,
  { rotation, scaling, seed }: SketchOptions,
): SketchWord[] {
  const sums = insideSums(ground);
  const cells = sums.at(-1) ?? 0;
  const random = createRandom(seed);
  const shares = sizes(words, scaling);
  const boxes = words.map(({ word }) => measure(word));
  const area = boxes.reduce((sum, { width, height }, i) => sum + width * height * shares[i]! ** 2, 0);
  const first = Math.sqrt((FILL * cells) / Math.max(area, 1e-9));
  const center = centerOf(ground, cells);
  const placed: SketchWord[] = [];
  let cap = ground.height * 0.4;
  for (const [i, { word }] of words.entries()) {
    const angle = angleFor(rotation, i, random);
    const turn = random() * Math.PI * 2;
    const start = Math.min(cap, Math.max(first * shares[i]!, LEAST_SIZE));
    for (let size = start; size >= LEAST_SIZE; size *= SHRINK) {
      const box = turned(boxes[i]!, size, angle);
      const spot = findSpot(box, { ground, sums, placed, center, turn });
      if (spot === undefined) continue;
      placed.push({ word, ...spot, ...box, fontSize: size, baseline: boxes[i]!.baseline, angle });
      cap = size;
      break;
    }
  }
  return placed;
}

function sizes(words: readonly WordCount[], scaling: string): number[] {
  const most = words[0]?.count ?? 1;
  return words.map(({ count }) => {
    if (scaling === 'linear') return count / most;
    if (scaling === 'log') return Math.log1p(count) / Math.log1p(most);
    return Math.sqrt(count / most);
  });
}

function angleFor(rotation: string, index: number, random: () => number): number {
  const [first, second] = [random(), random()];
  if (index === 0 || rotation === 'none') return 0;
  if (rotation === 'mixed') return first < 0.28 ? -90 : 0;
  return Math.round((second * 2 - 1) * (rotation === 'slight' ? 12 : 60));
}

function turned({ width, height }: { width: number; height: number }, size: number, angle: number) {
  const [cos, sin] = [Math.abs(Math.cos((angle * Math.PI) / 180)), Math.abs(Math.sin((angle * Math.PI) / 180))];
  return { width: (width * cos + height * sin) * size, height: (width * sin + height * cos) * size };
}

interface Search {
  ground: Ground;
  sums: Uint32Array;
  placed: readonly SketchWord[];
  center: { x: number; y: number };
  /** Where the spiral begins, radians. */
  turn: number;
}

/** Walks a spiral from the centre, flatter or steeper as the ground is. */
function findSpot(box: { width: number; height: number }, search: Search): { x: number; y: number } | undefined {
  const { ground, placed, center, turn } = search;
  const reach = Math.hypot(ground.width, ground.height) / 2;
  const stretch = Math.sqrt(ground.width / ground.height);
  for (let step = 0; step < SPIRAL_STEPS; step++) {
    const radius = reach * Math.sqrt(step / SPIRAL_STEPS) * (step / SPIRAL_STEPS);
    const angle = turn + step * 0.35;
    const x = center.x + Math.cos(angle) * radius * stretch;
    const y = center.y + (Math.sin(angle) * radius) / stretch;
    if (!isInside(x, y, box, search)) continue;
    const isFree = placed.every(
      (other) =>
        Math.abs(other.x - x) * 2 >= other.width + box.width || Math.abs(other.y - y) * 2 >= other.height + box.height,
    );
    if (isFree) return { x, y };
  }
  return undefined;
}

function isInside(x: number, y: number, box: { width: number; height: number }, { ground, sums }: Search): boolean {
  const [left, right] = [Math.floor(x - box.width / 2), Math.ceil(x + box.width / 2)];
  const [top, bottom] = [Math.floor(y - box.height / 2), Math.ceil(y + box.height / 2)];
  if (left < 0 || top < 0 || right > ground.width || bottom > ground.height) return false;
  const at = (column: number, row: number) => sums[row * (ground.width + 1) + column]!;
  const cells = at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top);
  return cells === (right - left) * (bottom - top);
}

/** How many inside cells lie left of and above each corner of the grid (Crow 1984), so that a box is asked in four steps. */
function insideSums({ width, height, inside }: Ground): Uint32Array {
  const sums = new Uint32Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += inside[y * width + x]!;
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1]! + row;
    }
  }
  return sums;
}

function centerOf({ width, height, inside }: Ground, cells: number): { x: number; y: number } {
  if (cells === 0) return { x: width / 2, y: height / 2 };
  let [x, y] = [0, 0];
  for (let i = 0; i < inside.length; i++) {
    if (inside[i] === 0) continue;
    x += i % width;
    y += Math.floor(i / width);
  }
  return { x: x / cells, y: y / cells };
}

/** Mulberry32: the same for the same seed. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = Math.imul(state ^ (state >>> 15), state | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 4294967296;
  };
}
