/**
 * The sketch: a few words laid out in the browser while options change. Boxes instead of letters, a spiral instead of a
 * search: what comes out shows colours, outline and turning, not the picture that will be made.
 */
import type { WordCount } from './count-words.ts';
import { centerOf, type Ground, insideCells, insideSums } from './sketch-ground.ts';
import { sharesOf } from './sketch-sizes.ts';

export interface SketchOptions {
  /** How words may be turned: `none`, `mixed`, `slight`, `free`. */
  rotation: string;
  /** Degrees clockwise, instead of `rotation`; empty for none. */
  angles: readonly number[];
  /** How size follows count: `linear`, `sqrt`, `log`, `rank`. */
  scaling: string;
  /** Sizes exactly as the scaling says: no word is made smaller alone. */
  strict: boolean;
  /** Least distance of words, smallest and largest type, in cells. */
  margin: number;
  least: number;
  most: number;
  seed: number;
}

/** Size of a word in ems, and how far its baseline lies below the centre. */
export type Measure = (word: string) => { width: number; height: number; baseline: number };

export interface SketchWord {
  word: string;
  count: number;
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
/** Places anywhere in the ground that are tried after the spiral: letters have room that no spiral meets. */
const MORE_STEPS = 240;
const GOLDEN_SHARE = 0.6180339887;

/** Heaviest words first; no two boxes overlap, and each lies inside of the ground. */
export function placeWords(
  words: readonly WordCount[],
  ground: Ground,
  measure: Measure,
  options: SketchOptions,
): SketchWord[] {
  const sums = insideSums(ground);
  const cells = sums.at(-1) ?? 0;
  const shares = sharesOf(words, options.scaling);
  const boxes = words.map(({ word }) => measure(word));
  const area = boxes.reduce((sum, { width, height }, i) => sum + width * height * shares[i]! ** 2, 0);
  const [least, most] = [Math.max(LEAST_SIZE, options.least), Math.min(ground.height * 0.4, options.most)];
  let first = Math.sqrt((FILL * cells) / Math.max(area, 1e-9));
  const inside = insideCells(ground);
  const center = centerOf(ground, cells);

  /** Undefined where sizes are exact, and a word of one that can be read finds no room. */
  function attempt(): SketchWord[] | undefined {
    const random = createRandom(options.seed);
    const placed: SketchWord[] = [];
    let cap = most;
    for (const [i, { word, count }] of words.entries()) {
      const angle = angleFor(options, i, random);
      const turn = random() * Math.PI * 2;
      const exact = first * shares[i]!;
      if (options.strict && exact < least) continue;
      for (let size = Math.min(cap, Math.max(exact, least)); size >= least; size *= SHRINK) {
        const box = turned(boxes[i]!, size, angle, options.margin);
        const spot = findSpot(box, { ground, sums, inside, placed, center, turn });
        if (spot !== undefined) {
          placed.push({ word, count, ...spot, ...box, fontSize: size, baseline: boxes[i]!.baseline, angle });
          cap = size;
          break;
        }
        if (options.strict) return undefined;
      }
    }
    return placed;
  }

  if (options.strict) first = Math.min(first, most);
  for (; first >= least; first *= SHRINK) {
    const placed = attempt();
    if (placed) return placed;
  }
  return attempt() ?? [];
}

function angleFor({ rotation, angles }: SketchOptions, index: number, random: () => number): number {
  const [first, second] = [random(), random()];
  if (angles.length > 0) return angles[Math.floor(first * angles.length)]!;
  if (index === 0 || rotation === 'none') return 0;
  if (rotation === 'mixed') return first < 0.28 ? -90 : 0;
  return Math.round((second * 2 - 1) * (rotation === 'slight' ? 12 : 60));
}

function turned({ width, height }: { width: number; height: number }, size: number, angle: number, margin: number) {
  const [cos, sin] = [Math.abs(Math.cos((angle * Math.PI) / 180)), Math.abs(Math.sin((angle * Math.PI) / 180))];
  return { width: (width * cos + height * sin) * size + margin, height: (width * sin + height * cos) * size + margin };
}

interface Search {
  ground: Ground;
  sums: Uint32Array;
  /** The cells of the ground that are inside. */
  inside: Uint32Array;
  placed: readonly SketchWord[];
  center: { x: number; y: number };
  /** Where the spiral begins, radians. */
  turn: number;
}

/** Walks a spiral from the centre, flatter or steeper as the ground is; then looks here and there. */
function findSpot(box: { width: number; height: number }, search: Search): { x: number; y: number } | undefined {
  const { ground, inside, center, turn } = search;
  const reach = Math.hypot(ground.width, ground.height) / 2;
  const stretch = Math.sqrt(ground.width / ground.height);
  for (let step = 0; step < SPIRAL_STEPS; step++) {
    const radius = reach * Math.sqrt(step / SPIRAL_STEPS) * (step / SPIRAL_STEPS);
    const angle = turn + step * 0.35;
    const x = center.x + Math.cos(angle) * radius * stretch;
    const y = center.y + (Math.sin(angle) * radius) / stretch;
    if (isFree(x, y, box, search)) return { x, y };
  }
  for (let step = 0; step < MORE_STEPS; step++) {
    const cell = inside[Math.floor(((turn + step * GOLDEN_SHARE) % 1) * inside.length)] ?? 0;
    const [x, y] = [cell % ground.width, Math.floor(cell / ground.width)];
    if (isFree(x, y, box, search)) return { x, y };
  }
  return undefined;
}

/** Inside of the ground, and over no other word. */
function isFree(x: number, y: number, box: { width: number; height: number }, search: Search): boolean {
  if (!isInside(x, y, box, search)) return false;
  return search.placed.every(
    (other) =>
      Math.abs(other.x - x) * 2 >= other.width + box.width || Math.abs(other.y - y) * 2 >= other.height + box.height,
  );
}

function isInside(x: number, y: number, box: { width: number; height: number }, { ground, sums }: Search): boolean {
  const [left, right] = [Math.floor(x - box.width / 2), Math.ceil(x + box.width / 2)];
  const [top, bottom] = [Math.floor(y - box.height / 2), Math.ceil(y + box.height / 2)];
  if (left < 0 || top < 0 || right > ground.width || bottom > ground.height) return false;
  const at = (column: number, row: number) => sums[row * (ground.width + 1) + column]!;
  const cells = at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top);
  return cells === (right - left) * (bottom - top);
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
