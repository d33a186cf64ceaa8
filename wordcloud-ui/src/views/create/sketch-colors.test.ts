import { describe, expect, it } from 'vitest';
import { readableColors } from './palettes.ts';
import type { SketchWord } from './sketch.ts';
import { sketchColors } from './sketch-colors.ts';

const at = (word: string, count: number, x = 0): SketchWord => ({
  ...{ word, count, x, y: 0, width: 1, height: 1 },
  ...{ fontSize: 9, baseline: 0, angle: 0 },
});
const ground = {
  width: 2,
  height: 1,
  inside: new Uint8Array(2),
  colors: new Uint8ClampedArray([32, 64, 96, 255, 255, 255, 255, 255]),
};
const look = { palette: 'aurora', background: '#ffffff' } as const;
const palette = readableColors(look.palette, look.background);

describe('sketchColors', () => {
  it('by rank – the first words have the first colour, copies that of their word', () => {
    const words = [...'abcdefghijkl'].map((word, i) => at(word, 50 - i));
    const colors = sketchColors([...words, at('a', 1)], ground, { ...look, colorBy: 'rank' });
    expect(colors.slice(0, 3)).toEqual([palette[0], palette[0], palette[1]]);
    expect(colors.at(-2)).toBe(palette.at(-1));
    expect(colors.at(-1)).toBe(palette[0]);
  });

  it('by count – equal counts are equal, the least frequent has the last', () => {
    const colors = sketchColors([at('a', 100), at('b', 10), at('c', 10), at('d', 1)], ground, {
      ...look,
      colorBy: 'frequency',
    });
    expect(colors[0]).toBe(palette[0]);
    expect(colors[1]).toBe(colors[2]);
    expect(colors[3]).toBe(palette.at(-1));
    expect(sketchColors([at('a', 1)], ground, { ...look, colorBy: 'frequency' })).toEqual([palette[0]]);
  });

  it('as the image – its colour at that place, made readable', () => {
    const [dark, light] = sketchColors([at('a', 1, 0), at('b', 1, 1)], ground, { ...look, colorBy: 'image' });
    expect(dark).toBe('#204060');
    expect(light).not.toBe('#ffffff');
  });

  it('else – one after the other', () => {
    expect(sketchColors([at('a', 1), at('b', 1)], ground, { ...look, colorBy: 'pos' })).toEqual(palette.slice(0, 2));
  });
});
