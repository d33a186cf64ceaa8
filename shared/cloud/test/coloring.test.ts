import { describe, expect, it } from 'vitest';
import { type CloudOptions, makeCloud, PALETTES, type WeightedWord } from '../src/index.ts';
import { contrast, formatColor, parseColor, readableColors } from '../src/palettes.ts';
import { decode } from './oracle.ts';
import { words } from './words.ts';

const SIZE = { width: 400, height: 300 };
const paletteOf = (name: CloudOptions['palette']) => readableColors(name, '#ffffff').map(formatColor);
const colorsOf = async (list: readonly WeightedWord[], options: Partial<CloudOptions>) =>
  (await makeCloud(list, { ...SIZE, ...options })).placed.map(({ color }) => color);

describe('colorBy', () => {
  it('rank – the colours of the palette in their order, each for as many words', async () => {
    const colors = await colorsOf(words(12), { colorBy: 'rank', palette: 'aurora' });
    expect(colors).toEqual(paletteOf('aurora').flatMap((color) => [color, color]));
  });

  it('frequency – equal weights have equal colours, the extremes the first and the last', async () => {
    const list = [81, 27, 9, 9, 3, 1].map((weight, i) => ({ word: `tea${i}`, weight }));
    const palette = paletteOf('mono');
    const colors = await colorsOf(list, { colorBy: 'frequency', palette: 'mono' });
    expect(colors[0]).toBe(palette[0]);
    expect(colors.at(-1)).toBe(palette.at(-1));
    expect(colors[2]).toBe(colors[3]);
    expect(
      new Set(
        await colorsOf(
          list.map(({ word }) => ({ word, weight: 2 })),
          { colorBy: 'frequency' },
        ),
      ).size,
    ).toBe(1);
  });

  it('pos – one colour for each part of speech, also for an unknown one', async () => {
    const kinds = ['noun', 'verb', null, undefined];
    const list = words(20).map((word, i) => {
      const pos = kinds[i % 4];
      return { ...word, ...(pos !== undefined && { pos }) };
    });
    const colors = await colorsOf(list, { colorBy: 'pos' });
    expect(new Set(colors).size).toBe(3);
    for (const [i, color] of colors.entries()) expect(color).toBe(colors[i % 4 === 3 ? 2 : i % 4]);
  });

  it('random – words side by side on a line have different colours', async () => {
    for (const seed of [1, 2, 3]) {
      const { placed } = await makeCloud(words(60), { ...SIZE, seed, rotation: 'none' });
      // One line is what overlaps it by half of the lower one; sizes of type stand for heights.
      const beside = placed.flatMap((a, i) =>
        placed.slice(0, i).filter((b) => {
          const near = Math.abs(a.x - b.x) < ((a.word.length + b.word.length) * Math.min(a.fontSize, b.fontSize)) / 4;
          return near && Math.abs(a.y - b.y) < Math.min(a.fontSize, b.fontSize) * 0.2 && a.color === b.color;
        }),
      );
      expect(beside).toEqual([]);
    }
  });

  it('own colours instead of a palette – the palette takes no room in the file', async () => {
    const own = ['#b3400a', '#d2691e', '#a68064', '#7d7d7d', '#6c8299', '#3d7fb8', '#0b559f'];
    const list = words(60).map((word, i) => ({ ...word, color: own[i % own.length]! }));
    const { png } = await makeCloud(list, SIZE);
    // Colour type 3 of PNG: indexes into a palette.
    expect(png[25]).toBe(3);
  });

  it('image without a mask – INVALID_OPTION', async () => {
    await expect(makeCloud(words(3), { colorBy: 'image' })).rejects.toMatchObject({ code: 'INVALID_OPTION' });
  });
});

describe('the colour of a word', () => {
  it('goes before the palette, and does not change those of the others', async () => {
    const list = words(10);
    const before = await colorsOf(list, { seed: 5 });
    const after = await colorsOf(list.with(3, { ...list[3]!, color: '#a01030' } as WeightedWord), { seed: 5 });
    expect(after).toEqual(before.with(3, '#a01030'));
  });

  it('that cannot be seen – is made readable', async () => {
    const [color] = await colorsOf([{ word: 'tea', weight: 1, color: '#ffffee' }], {});
    expect(contrast(parseColor(color!), [255, 255, 255])).toBeGreaterThanOrEqual(3);
  });

  it('many – are all in the picture', async () => {
    const list = words(30).map((word, i) => ({ ...word, color: formatColor([i * 8, 0, 120]) }));
    const { png, placed } = await makeCloud(list, SIZE);
    const { data } = await decode(png);
    const seen = new Set<string>();
    for (let i = 0; i < data.length; i += 4) seen.add(formatColor([data[i]!, data[i + 1]!, data[i + 2]!]));
    for (const { color } of placed) expect(seen).toContain(color);
  });

  it('that is none – INVALID_OPTION', async () => {
    const making = makeCloud([{ word: 'tea', weight: 1, color: 'red' }], {});
    await expect(making).rejects.toMatchObject({
      code: 'INVALID_OPTION',
      message: 'color of tea: got "red"; allowed is #rrggbb.',
    });
  });
});

it('there are a dozen palettes at least', () => {
  expect(Object.keys(PALETTES).length).toBeGreaterThanOrEqual(12);
});
