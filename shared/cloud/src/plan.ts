/** What is wished for each word before it is known what fits: size, angles and place. */
import type { Area } from './area.ts';
import type { Target } from './find-place.ts';
import type { Former, LayoutWord } from './layout-types.ts';
import type { CloudOptions } from './options.ts';
import { createRandom } from './random.ts';
import { boxOf } from './stamp.ts';

export interface Plan {
  item: LayoutWord;
  /** Cells. */
  size: number;
  /** Degrees clockwise, the preferred one first. */
  angles: readonly number[];
  goal: Target;
}

/**
 * Distance between two words on a line, in ems of the larger one. A blank in a text is three times as wide; the characters of
 * Chinese words stand apart themselves, so that their words need more.
 */
const WORD_SPACE = { letters: 0.07, solid: 0.14 };
export const wordSpace = ({ solid }: LayoutWord): number => (solid ? WORD_SPACE.solid : WORD_SPACE.letters);
/** How far from the centre goals may lie, as a share of the area; few words stand nearer to it. */
const SPREAD = 0.3;
const SPREAD_WORDS = 30;
/** Share of a side that the largest words may take. */
const WIDEST = 0.92;

/** Degrees. */
const MOST_TURN = { slight: 12, free: 60 };

/** @param sizeOf cells, for a word's share of the largest size */
export function planWords(
  words: readonly LayoutWord[],
  area: Area,
  sizeOf: (share: number) => number,
  options: CloudOptions,
  former?: Former,
): Plan[] {
  const random = createRandom(options.seed);
  const xWeight = xWeightOf(area);
  return words.map((item, index) => {
    const turned = anglesFor(options, index, random);
    const angles = isPicture(item) ? [0] : turned;
    const spread = index === 0 ? 0 : SPREAD * Math.min(1, words.length / SPREAD_WORDS);
    const x = area.centerX + (random() - 0.5) * area.width * spread;
    const y = area.centerY + (random() - 0.5) * area.height * spread;
    const plan = { item, size: sizeOf(item.share), angles, goal: { x, y, xWeight } };
    const before = former?.get(item.word);
    if (before === undefined) return plan;
    const goal = { x: before.x, y: before.y, xWeight };
    const isKept = angles.includes(before.angle) || mayTurn(before.angle, options);
    return { ...plan, goal, angles: isKept ? [...new Set([before.angle, ...angles])] : angles };
  });
}

/** Further copies of the words, all of one size, anywhere in the area; each call of `random` goes on where the last one ended. */
export function planCopies(
  words: readonly LayoutWord[],
  area: Area,
  size: number,
  options: CloudOptions,
  random: () => number,
): Plan[] {
  const xWeight = xWeightOf(area);
  return words.map((item) => {
    const turned = anglesFor(options, words.length, random);
    const goal = { x: random() * area.width, y: random() * area.height, xWeight };
    return { item, size, angles: isPicture(item) ? [0] : turned, goal };
  });
}

/** A cloud is as wide, beside its height, as the picture; but not higher than wide. */
const xWeightOf = (area: Area): number => Math.min(1, area.height / area.width);

/** A smiling face lying on its side is no decoration. */
const isPicture = ({ shape }: LayoutWord): boolean => shape.letters.commands.length === 0;

/** The angles to try, the preferred one first. The largest words stay level: they are what people read first. */
function anglesFor({ rotation, angles }: CloudOptions, index: number, random: () => number): readonly number[] {
  const [first, second] = [random(), random()];
  if (angles !== undefined) {
    const preferred = index === 0 && angles.includes(0) ? 0 : angles[Math.floor(first * angles.length)]!;
    return [...new Set([preferred, ...angles])];
  }
  if (rotation === 'none') return [0];
  if (rotation === 'mixed') return index > 0 && first < 0.28 ? [-90, 0] : [0, -90];
  const most = MOST_TURN[rotation];
  const angle = Math.round((second * 2 - 1) * most);
  return index < 2 ? [0] : [angle, 0];
}

/** Could chance have given this angle to a word? */
const mayTurn = (angle: number, { rotation, angles }: CloudOptions): boolean =>
  angles === undefined && rotation in MOST_TURN && Math.abs(angle) <= MOST_TURN[rotation as keyof typeof MOST_TURN];

/** Could the word stand in the area at this size, if nothing else did? Judged by its box alone. */
export function couldFit(item: LayoutWord, area: Area, size: number, { rotation, angles }: CloudOptions): boolean {
  const { shape } = item;
  const listed = isPicture(item) ? [0] : (angles ?? (rotation === 'mixed' ? [0, -90] : [0]));
  return listed.some((angle) => {
    const box = boxOf({ shape, size, angle });
    return box.width + 2 <= area.width && box.height + 2 <= area.height;
  });
}

/**
 * The size at which the words' boxes, each with its margin, would fill the area, unless the largest words would not fit.
 *
 * @param fill the sum of the boxes over the area
 * @param sizeOf cells, for a word's share of this largest size
 */
export function firstSize(
  words: readonly LayoutWord[],
  area: Area,
  margin: number,
  fill: number,
  sizeOf: (first: number, share: number) => number,
  { angles }: CloudOptions,
): number {
  const boxesAt = (size: number) =>
    words.reduce((sum, item) => {
      const { share, shape } = item;
      const scale = sizeOf(size, share);
      const along = Math.max(margin, scale * wordSpace(item));
      return sum + (shape.width * scale + along) * (shape.height * scale + margin);
    }, 0);
  let [small, large] = [0, Math.max(area.width, area.height)];
  for (let i = 0; i < 30; i++) {
    const middle = (small + large) / 2;
    if (boxesAt(middle) < fill * area.cells) small = middle;
    else large = middle;
  }
  const largest = words.slice(0, 5);
  if (angles !== undefined) {
    const reach = ({ share, shape }: LayoutWord) =>
      angles.map((angle) => {
        const box = boxOf({ shape, size: share, angle });
        return WIDEST * Math.min(area.width / box.width, area.height / box.height);
      });
    const most = Math.min(...largest.map((item) => Math.max(...reach(item))));
    return Math.min(small, Math.max(most, area.height * 0.1));
  }
  const widest = Math.min(...largest.map(({ share, shape }) => (area.width * WIDEST) / (share * shape.width)));
  const highest = Math.min(...largest.map(({ share, shape }) => (area.height * WIDEST) / (share * shape.height)));
  return Math.min(small, Math.max(widest, area.height * 0.1), highest);
}
