/** A thousand random cases: what holds for every cloud, whatever the words, the mask, the size and the options. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CloudOptions,
  COLORINGS,
  MASK_FITS,
  makeCloud,
  PALETTES,
  ROTATIONS,
  SCALINGS,
  SHAPES,
} from '../src/index.ts';
import { decode, imageOf, judge } from './oracle.ts';
import { WORDS } from './words.ts';

const CHUNKS = 20;
const CASES = 1000 / CHUNKS;

const masks = await Promise.all(
  ['disc', 'bars', 'hole'].map((kind) =>
    imageOf(
      (context) => {
        if (kind === 'disc') context.arc(70, 50, 45, 0, 7);
        else if (kind === 'bars') for (const y of [5, 40, 75]) context.rect(5, y, 130, 22);
        else {
          context.rect(0, 0, 140, 100);
          context.arc(70, 50, 25, 0, 7, true);
        }
        context.fill();
      },
      [140, 100],
    ),
  ),
);

/** Which pixels of a picture the mask leaves, seen generously: smoothing blurs an edge by a pixel of image or picture. */
function allowedBy(
  { data, width, height }: (typeof seen)[number],
  picture: Pick<CloudOptions, 'width' | 'height' | 'maskFit'>,
) {
  const sides = [picture.width / width, picture.height / height];
  const scale = picture.maskFit === 'cover' ? Math.max(...sides) : Math.min(...sides);
  const [left, top] = [(picture.width - width * scale) / 2, (picture.height - height * scale) / 2];
  const reach = Math.max(1.5 / scale, 1) + 1;
  return (x: number, y: number) => {
    const [centerX, centerY] = [(x + 0.5 - left) / scale, (y + 0.5 - top) / scale];
    for (let sy = Math.floor(centerY - reach); sy <= centerY + reach; sy++) {
      for (let sx = Math.floor(centerX - reach); sx <= centerX + reach; sx++) {
        const isIn = sx >= 0 && sy >= 0 && sx < width && sy < height;
        if (isIn && data[(sy * width + sx) * 4 + 3]! > 0) return true;
      }
    }
    return false;
  };
}
const seen = await Promise.all(masks.map(decode));

const words = fc.uniqueArray(
  fc.record({ word: fc.constantFrom(...WORDS), weight: fc.integer({ min: 1, max: 1000 }) }),
  { selector: ({ word }) => word, minLength: 1, maxLength: 10 },
);
const option = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const angle = fc.integer({ min: -90, max: 90 });
const options = fc.record({
  width: fc.integer({ min: 64, max: 200 }),
  height: fc.integer({ min: 64, max: 150 }),
  seed: fc.nat(),
  shape: fc.constantFrom(...SHAPES),
  shapeText: option(fc.constantFrom('A', '茶', 'OK')),
  palette: fc.constantFrom(...(Object.keys(PALETTES) as CloudOptions['palette'][])),
  background: fc.constantFrom('#ffffff', '#101820', 'transparent'),
  rotation: fc.constantFrom(...ROTATIONS),
  angles: option(fc.array(angle, { minLength: 1, maxLength: 4 })),
  scaling: fc.constantFrom(...SCALINGS),
  strict: fc.boolean(),
  repeat: fc.constantFrom(false, false, false, false, false, true),
  colorBy: fc.constantFrom(...COLORINGS.slice(0, 4)),
  contour: fc.constantFrom(0, 0, 1.5, 4),
  maskFit: fc.constantFrom(...MASK_FITS),
  maxFontSize: option(fc.integer({ min: 8, max: 60 })),
});

describe('a thousand random cases', () => {
  it.each(Array.from({ length: CHUNKS }, (_, chunk) => chunk))('part %i', async (chunk) => {
    const cases = fc.tuple(words, options, fc.option(fc.nat(masks.length - 1), { nil: undefined, freq: 2 }));
    await fc.assert(
      fc.asyncProperty(cases, async ([list, given, mask]) => {
        const hooks = mask === undefined ? {} : { mask: masks[mask]! };
        const make = () =>
          makeCloud(list, given as Partial<CloudOptions>, hooks).catch((error) => {
            // The one excuse: a picture in which not even one word of the smallest size has room.
            expect(['NO_DRAWABLE_WORDS', 'BAD_MASK']).toContain(error.code);
            return undefined;
          });
        const cloud = await make();
        if (cloud === undefined) return;
        const isAllowed = mask === undefined ? undefined : allowedBy(seen[mask]!, given);
        expect(await judge(cloud, isAllowed)).toEqual({ shared: 0, outside: 0 });
        const told = [...cloud.placed, ...cloud.skipped].map(({ word }) => word);
        expect(told.toSorted()).toEqual(list.map(({ word }) => word).toSorted());
        for (const [i, { weight, fontSize }] of cloud.placed.entries()) {
          const before = cloud.placed[i - 1];
          expect(weight).toBeLessThanOrEqual(before?.weight ?? Infinity);
          expect(fontSize).toBeLessThanOrEqual((before?.fontSize ?? given.maxFontSize ?? Infinity) + 1e-9);
        }
        const again = await make();
        expect(Buffer.compare(again!.png, cloud.png)).toBe(0);
      }),
      { numRuns: CASES, seed: 20261121 + chunk },
    );
  });
});
