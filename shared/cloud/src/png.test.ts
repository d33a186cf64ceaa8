import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../test/oracle.ts';
import { PALETTES, parseColor, type Rgb } from './palettes.ts';
import { encodePng } from './png.ts';
import { meaningOf, type Raster, STRENGTHS } from './raster.ts';

const COLORS = PALETTES.accessible.map(parseColor);
const OWN_COLOR = 255;
/** The part of a raster that the encoder reads. */
const rasterOf = (width: number, height: number, pixels: Uint8Array | Uint16Array, colors?: Uint8Array) =>
  ({ width, height, pixels, colors, ownColor: pixels instanceof Uint8Array ? OWN_COLOR : 0xffff }) as Raster;
const mix = (color: Rgb, ground: Rgb, alpha: number) =>
  color.map((c, i) => Math.round(ground[i]! + (c - ground[i]!) * alpha));

/** What a pixel should look like once decoded: RGBA. */
function expected(pixel: number, own: Uint8Array | undefined, ground: Rgb | undefined): number[] {
  if (pixel === OWN_COLOR && own) {
    const [red, green, blue, alpha] = own as unknown as [number, number, number, number];
    return ground ? [...mix([red, green, blue], ground, alpha / 255), 255] : [red, green, blue, alpha];
  }
  if (pixel === 0) return ground ? [...ground, 255] : [255, 255, 255, 0];
  const { rgb, alpha } = meaningOf(pixel, COLORS);
  return ground ? [...mix(rgb, ground, alpha), 255] : [...rgb, Math.round(alpha * 255)];
}

describe('encodePng', () => {
  it('any picture – decodes to what every pixel stands for', async () => {
    const pictures = fc
      .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 20 }), fc.boolean())
      .chain(([width, height, withEmoji]) =>
        fc.record({
          width: fc.constant(width),
          height: fc.constant(height),
          pixels: fc.uint8Array({
            min: 0,
            max: COLORS.length * STRENGTHS,
            minLength: width * height,
            maxLength: width * height,
          }),
          colors: withEmoji
            ? fc.uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 })
            : fc.constant(undefined),
        }),
      );
    const grounds = fc.constantFrom('#ffffff', '#101820', '#ff8800', 'transparent');
    await fc.assert(
      fc.asyncProperty(pictures, grounds, async ({ width, height, pixels, colors }, background) => {
        if (colors) for (let i = 0; i < pixels.length; i += 3) pixels[i] = OWN_COLOR;
        const ground = background === 'transparent' ? undefined : parseColor(background);
        const { data, ...size } = await decode(
          await encodePng(rasterOf(width, height, pixels, colors), COLORS, background),
        );
        expect(size).toEqual({ width, height });
        for (let i = 0; i < pixels.length; i++) {
          const wanted = expected(pixels[i]!, colors?.subarray(i * 4, i * 4 + 4), ground);
          const found = data.subarray(i * 4, i * 4 + 4);
          expect(found[3]).toBe(wanted[3]);
          // A canvas keeps colours multiplied by their opacity: the fainter, the less of them is left.
          const loss = wanted[3] === 255 ? 0 : Math.ceil(255 / Math.max(1, wanted[3]!)) + 1;
          if (wanted[3] === 0) continue;
          for (let c = 0; c < 3; c++) expect(Math.abs(found[c]! - wanted[c]!)).toBeLessThanOrEqual(loss);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('flat colours – take one byte a pixel, emoji four', async () => {
    const pixels = new Uint8Array(100);
    const flat = await encodePng(rasterOf(10, 10, pixels), COLORS, '#ffffff');
    const many = await encodePng(rasterOf(10, 10, pixels, new Uint8Array(400)), COLORS, '#ffffff');
    // Byte 25 of a PNG is its colour type: 3 is a palette, 6 is RGBA.
    expect([flat[25], many[25]]).toEqual([3, 6]);
  });

  it('more colours than a byte holds – decode to what every pixel stands for', async () => {
    const colors = Array.from({ length: 2000 }, (_, i): Rgb => [i & 255, i >> 8, 99]);
    const pixels = Uint16Array.from([0, STRENGTHS, 1000 * STRENGTHS, 2000 * STRENGTHS]);
    const { data } = await decode(await encodePng(rasterOf(4, 1, pixels), colors, '#ffffff'));
    const wanted = [[255, 255, 255], colors[0]!, colors[999]!, colors[1999]!].flatMap((rgb) => [...rgb, 255]);
    expect([...data]).toEqual(wanted);
  });
});
