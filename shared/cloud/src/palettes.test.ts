import { describe, expect, it } from 'vitest';
import { contrast, PALETTES, type PaletteName, parseColor, readableColors } from './palettes.ts';

const names = Object.keys(PALETTES) as PaletteName[];

describe('palettes', () => {
  it.each(names)('%s – on any background – every colour can be seen', (name) => {
    for (const background of ['#ffffff', '#000000', '#808080', '#ff0000', '#ffff00', '#101820', 'transparent']) {
      const ground = parseColor(background === 'transparent' ? '#ffffff' : background);
      for (const color of readableColors(name, background)) expect(contrast(color, ground)).toBeGreaterThanOrEqual(3);
    }
  });

  it('colours that can be seen already – stay as they are', () => {
    expect(readableColors('mono', '#ffffff')).toEqual(PALETTES.mono.map(parseColor));
  });

  it('no palette – has more colours than an indexed picture can hold', () => {
    for (const name of names) expect(PALETTES[name].length).toBeLessThanOrEqual(8);
  });
});
