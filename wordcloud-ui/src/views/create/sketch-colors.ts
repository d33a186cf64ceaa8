/** Which word of the sketch has which colour: as the engine does it, but for the kinds of words, which a browser does not know. */
import type { CloudOptions } from '@wordcloud/contracts';
import { readableColor, readableColors } from './palettes.ts';
import type { SketchWord } from './sketch.ts';
import type { Ground } from './sketch-ground.ts';

type Options = Pick<CloudOptions, 'palette' | 'background' | 'colorBy'>;

/** @param placed the most frequent first. @returns `#rrggbb` for each, readable on the background */
export function sketchColors(
  placed: readonly SketchWord[],
  ground: Ground,
  { palette, background, colorBy }: Options,
): string[] {
  const colors = readableColors(palette, background);
  const ofPalette = (index: number) => colors[Math.min(index, colors.length - 1)]!;
  if (colorBy === 'image' && ground.colors) {
    return placed.map(({ x, y }) => readableColor(colorAt(ground, x, y), background));
  }
  if (colorBy === 'rank') {
    const ranks = [...new Set(placed.map(({ word }) => word))];
    return placed.map(({ word }) => ofPalette(Math.floor((ranks.indexOf(word) * colors.length) / ranks.length)));
  }
  if (colorBy === 'frequency') {
    const logs = placed.map(({ count }) => Math.log(count));
    const [most, range] = [Math.max(...logs), Math.max(...logs) - Math.min(...logs)];
    return logs.map((log) => ofPalette(range > 0 ? Math.floor(((most - log) / range) * colors.length) : 0));
  }
  return placed.map((_, i) => colors[i % colors.length]!);
}

function colorAt({ width, colors }: Ground, x: number, y: number): string {
  const at = (Math.floor(y) * width + Math.floor(x)) * 4;
  const hex = (part: number) => (colors?.[at + part] ?? 0).toString(16).padStart(2, '0');
  return `#${hex(0)}${hex(1)}${hex(2)}`;
}
