/** Which word has which colour. */
import { createNeighbours } from './beside.ts';
import type { LaidOut } from './layout-types.ts';
import type { CloudOptions } from './options.ts';
import { formatColor, parseColor, type Rgb, readableColor, readableColors } from './palettes.ts';
import { createRandom } from './random.ts';
import { MOST_COLORS } from './raster.ts';

export interface WordColors {
  /** Those that words have, all readable on the background; those of the palette come first. */
  colors: Rgb[];
  /** For each word the index of its colour. */
  indexes: number[];
}

/** The colour of the mask where a word stands. */
export type ImageColor = (word: LaidOut) => Rgb;

/**
 * A word's own colour goes before that of the palette or the image; all are made readable on the background.
 *
 * @param placed the heaviest first
 * @param imageColor needed for `colorBy: 'image'`
 * @param formerColors of an earlier picture, by word: kept where colours are random, and the palette has them
 */
export function colorWords(
  placed: readonly LaidOut[],
  options: CloudOptions,
  imageColor?: ImageColor,
  formerColors?: ReadonlyMap<string, string>,
): WordColors {
  const { palette, background, colorBy } = options;
  const colors = readableColors(palette, background);
  const paletteSize = colors.length;
  const known = new Map(colors.map((color, index) => [formatColor(color), index]));
  const indexOf = (wanted: Rgb): number => {
    const color = readableColor(wanted, background);
    const index = known.get(formatColor(color));
    if (index !== undefined) return index;
    if (colors.length === MOST_COLORS) return nearest(color, colors);
    known.set(formatColor(color), colors.length);
    return colors.push(color) - 1;
  };
  const choose = chooser(placed, options, paletteSize);
  const indexes = placed.map((word) => {
    // Also where the word has its own, so that the others' do not depend on it.
    const chosen = choose(word);
    if (word.item.color !== undefined) return indexOf(parseColor(word.item.color));
    if (colorBy === 'image' && imageColor) return indexOf(imageColor(word));
    return (colorBy === 'random' ? known.get(formerColors?.get(word.item.word) ?? '') : undefined) ?? chosen;
  });
  // Each colour takes room in a picture's table: eight fit into the smallest kind of PNG.
  const used = [...new Set(indexes)].sort((a, b) => a - b);
  return { colors: used.map((index) => colors[index]!), indexes: indexes.map((index) => used.indexOf(index)) };
}

/** Gives each word the index of a colour of the palette. */
function chooser(placed: readonly LaidOut[], { colorBy, seed }: CloudOptions, count: number) {
  if (colorBy === 'rank') {
    // Copies have the colour of their word.
    const rankOf = new Map([...new Set(placed.map(({ item }) => item))].map((item, rank) => [item, rank]));
    return ({ item }: LaidOut) => Math.floor((rankOf.get(item)! * count) / rankOf.size);
  }
  if (colorBy === 'frequency') return byFrequency(placed, count);
  if (colorBy === 'pos') {
    const kinds = [...new Set(placed.map(({ item }) => item.pos ?? null))];
    return ({ item }: LaidOut) => kinds.indexOf(item.pos ?? null) % count;
  }
  const next = createColorBag(count, createRandom(seed ^ 0x5eed));
  const neighbours = createNeighbours();
  const chosen: number[] = [];
  return (word: LaidOut) => {
    const color = next(neighbours(word).map((index) => chosen[index]!));
    chosen.push(color);
    return color;
  };
}

/** Equal steps of the logarithm: frequencies of words differ by factors. The first colour is that of the most frequent. */
function byFrequency(placed: readonly LaidOut[], count: number) {
  const most = Math.log(placed[0]?.item.weight ?? 1);
  const range = most - Math.log(placed.reduce((least, { item }) => Math.min(least, item.weight), Infinity));
  return ({ item: { weight } }: LaidOut) =>
    range > 0 ? Math.min(count - 1, Math.floor(((most - Math.log(weight)) / range) * count)) : 0;
}

/** All colours in random order, then all again: so few words have different colours, and many have them equally often. */
function createColorBag(count: number, random: () => number): (taken: readonly number[]) => number {
  const all = Array.from({ length: count }, (_, index) => index);
  let bag: number[] = [];
  return (taken) => {
    if (bag.length === 0) bag = [...all];
    const isFree = (color: number) => !taken.includes(color);
    // Words side by side have different colours, as long as there are any.
    const choices = [bag.filter(isFree), all.filter(isFree), bag].find(({ length }) => length > 0)!;
    const color = choices[Math.floor(random() * choices.length)]!;
    bag = bag.filter((other) => other !== color);
    return color;
  };
}

function nearest(wanted: Rgb, colors: readonly Rgb[]): number {
  const distance = (color: Rgb) => color.reduce((sum, value, i) => sum + (value - wanted[i]!) ** 2, 0);
  return colors.reduce((best, color, i) => (distance(color) < distance(colors[best]!) ? i : best), 0);
}
