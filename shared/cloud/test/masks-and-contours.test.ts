import { loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { type CloudOptions, makeCloud } from '../src/index.ts';
import { parseColor } from '../src/palettes.ts';
import { decode, imageOf, judge } from './oracle.ts';
import { words } from './words.ts';

const CLEAN = { shared: 0, outside: 0 };
const SIZE = { width: 420, height: 300 };
const disc = (color: string) =>
  imageOf((context) => {
    context.fillStyle = color;
    context.beginPath();
    context.arc(100, 100, 90, 0, 7);
    context.fill();
  });

describe('masks', () => {
  it('inverted – words only around it', async () => {
    const cloud = await makeCloud(words(60), { ...SIZE, maskInvert: true }, { mask: await disc('black') });
    expect(await judge(cloud, (x, y) => Math.hypot(x + 0.5 - 210, y + 0.5 - 150) > 133)).toEqual(CLEAN);
    expect(cloud.placed.length).toBeGreaterThan(30);
  });

  it('covering – words reach the sides that a fitted mask leaves empty', async () => {
    const mask = await disc('black');
    const reach = async (maskFit: CloudOptions['maskFit']) =>
      Math.max(...(await makeCloud(words(60), { ...SIZE, maskFit }, { mask })).placed.map(({ x }) => x));
    expect(await reach('contain')).toBeLessThan(345);
    expect(await reach('cover')).toBeGreaterThan(350);
  });

  it('light, by transparency – words where it is not transparent', async () => {
    const mask = await disc('white');
    await expect(makeCloud(words(9), { ...SIZE, maskBy: 'luminance' }, { mask })).rejects.toMatchObject({
      code: 'BAD_MASK',
    });
    expect((await makeCloud(words(9), { ...SIZE, maskBy: 'alpha' }, { mask })).placed).toHaveLength(9);
  });

  it('colorBy image – each word has a colour that the mask has where the word stands', async () => {
    const mask = await imageOf((context) => {
      context.fillStyle = '#b00020';
      context.fillRect(0, 0, 100, 200);
      context.fillStyle = '#0030b0';
      context.fillRect(100, 0, 100, 200);
    });
    const { placed } = await makeCloud(words(60), { width: 400, height: 400, colorBy: 'image' }, { mask });
    const clear = placed.filter(({ x, fontSize }) => Math.abs(x - 200) > fontSize * 3);
    expect(clear.length).toBeGreaterThan(15);
    for (const { x, color } of clear) expect(color).toBe(x < 200 ? '#b00020' : '#0030b0');
    for (const { color } of placed) expect(parseColor(color)[1]).toBeLessThan(0x40);
  });
});

describe('shapeText', () => {
  it.each(['YES', '茶', '☕', 'م', 'a b'])('%s – words inside of it, each in one place of it', async (shapeText) => {
    const cloud = await makeCloud(words(40), { ...SIZE, shapeText });
    expect(cloud.placed.length).toBeGreaterThan(25);
    expect(await judge(cloud)).toEqual(CLEAN);
    const rectangle = await makeCloud(words(40), SIZE);
    expect(cloud.placed[0]!.fontSize).toBeLessThan(rectangle.placed[0]!.fontSize);
  });

  it('an O – leaves its middle free', async () => {
    const { png } = await makeCloud(words(40), { ...SIZE, shapeText: 'O' });
    const { data } = await decode(png);
    for (let y = 130; y < 170; y++) for (let x = 190; x < 230; x++) expect(data[(y * 420 + x) * 4]).toBe(255);
  });

  it.each([
    ['', 'shapeText: got ""; allowed is a text of 1 to 20 characters.'],
    ['x'.repeat(21), 'a text of 1 to 20 characters'],
    ['\u{13000}', 'what a font here can draw'],
    [' ', 'what a font here can draw'],
  ])('%j – INVALID_OPTION', async (shapeText, message) => {
    const making = makeCloud(words(3), { ...SIZE, shapeText });
    await expect(making).rejects.toMatchObject({ code: 'INVALID_OPTION', message: expect.stringContaining(message) });
  });
});

describe('contour', () => {
  const line = { contour: 6, contourColor: '#ff0000', palette: 'ocean' } as const;
  const isRed = (data: Uint8ClampedArray, at: number) => data[at]! > 200 && data[at + 1]! < 60 && data[at + 2]! < 60;

  it.each(['rectangle', 'circle', 'heart', 'star'] as const)('%s – PNG and SVG alike, no word on it', async (shape) => {
    const cloud = await makeCloud(words(40), { ...SIZE, ...line, shape });
    expect(cloud.contour).toMatchObject({ width: 6, color: '#ff0000' });
    expect(await judge(cloud)).toEqual(CLEAN);
    const [png, svg] = [await decode(cloud.png), await decode(Buffer.from(cloud.svg()))];
    let [red, different] = [0, 0];
    for (let at = 0; at < png.data.length; at += 4) {
      if (isRed(png.data, at)) red++;
      if (Math.abs(png.data[at + 1]! - svg.data[at + 1]!) > 100) different++;
    }
    expect(red).toBeGreaterThan(3000);
    expect(different).toBeLessThan(20);
  });

  it('a mask that fills the picture – the line is not cut at the edge', async () => {
    const mask = await imageOf((context) => context.fillRect(0, 0, 420, 300), [420, 300]);
    const { data } = await decode((await makeCloud(words(20), { ...SIZE, ...line }, { mask })).png);
    const rows = Array.from({ length: 300 }, (_, y) => isRed(data, (y * 420 + 210) * 4));
    expect(rows.slice(0, 12).filter(Boolean).length).toBeGreaterThanOrEqual(5);
    expect(rows.slice(-12).filter(Boolean).length).toBeGreaterThanOrEqual(5);
  });

  it('none by default; with the palette’s first colour where none is given', async () => {
    expect((await makeCloud(words(5), SIZE)).contour).toBeUndefined();
    const { contour } = await makeCloud(words(5), { ...SIZE, contour: 2, palette: 'ocean' });
    expect(contour).toMatchObject({ color: '#03256c' });
  });

  it('a palette of eight colours at most, a transparent background – still an image', async () => {
    for (const palette of ['accessible', 'aurora'] as const) {
      const { png } = await makeCloud(words(9), { ...SIZE, palette, contour: 3, background: 'transparent' });
      expect((await loadImage(Buffer.from(png))).width).toBe(420);
    }
  });

  it.each([
    [{ contour: 51 }, 'contour: got 51; allowed is a number from 0 to 50.'],
    [{ contourColor: 'red' }, 'contourColor: got "red"; allowed is #rrggbb.'],
    [{ maskBy: 'hue' }, 'maskBy: got "hue"; allowed is one of auto, alpha, luminance.'],
    [{ maskFit: 'fill' }, 'maskFit: got "fill"; allowed is one of contain, cover.'],
    [{ maskInvert: 'no' }, 'maskInvert: got "no"; allowed is true or false.'],
  ])('%j – INVALID_OPTION that names it', async (options, message) => {
    const making = makeCloud(words(3), options as unknown as CloudOptions);
    await expect(making).rejects.toMatchObject({ code: 'INVALID_OPTION', message: expect.stringContaining(message) });
  });
});
