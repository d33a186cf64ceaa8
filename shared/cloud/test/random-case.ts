/** Random clouds for the tests of what holds for all of them: words, options, mask, an earlier cloud. */
import fc from 'fast-check';
import {
  type CloudOptions,
  COLORINGS,
  FONTS,
  type FontName,
  MASK_FITS,
  MASK_SOURCES,
  PALETTES,
  type PaletteName,
  ROTATIONS,
  SCALINGS,
  SHAPES,
  type WeightedWord,
} from '../src/index.ts';
import { masks } from './inside.ts';
import { WORDS } from './words.ts';

export interface RandomCase {
  list: WeightedWord[];
  given: Partial<CloudOptions> & Pick<CloudOptions, 'width' | 'height' | 'scale' | 'shape' | 'maskFit' | 'maskInvert'>;
  /** Index of a mask. */
  mask: number | undefined;
  /** How the words of an earlier cloud, if there was one, differ: it lacked every so many-th one, and all others weighed as much. */
  former: number | undefined;
}

/** Half of the time. */
const option = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 1 });
const seldom = <T>(usual: T, ...others: T[]) => fc.constantFrom(usual, usual, usual, ...others);

/** Some of several scripts at once, and some that nobody can draw. */
const word = fc.oneof(
  { arbitrary: fc.constantFrom(...WORDS), weight: 8 },
  { arbitrary: fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(...WORDS)).map(([a, b]) => a + b), weight: 2 },
  { arbitrary: fc.constantFrom('\u{13000}', 'tea\u{13000}', ' ', ''), weight: 1 },
);
const weight = fc.oneof(
  { arbitrary: fc.integer({ min: 1, max: 1000 }), weight: 8 },
  { arbitrary: fc.double({ min: 0.001, max: 1, noNaN: true }), weight: 1 },
  { arbitrary: fc.constantFrom(0, -1, Number.NaN, Number.POSITIVE_INFINITY), weight: 1 },
);
const words = fc.uniqueArray(
  fc.record(
    { word, weight, pos: fc.constantFrom('n', 'v', null), color: fc.constantFrom('#c2417c', '#eeeeee') },
    { requiredKeys: ['word', 'weight'] },
  ),
  { selector: (item) => item.word, minLength: 1, maxLength: 10 },
);

const options = fc.record({
  width: fc.integer({ min: 64, max: 200 }),
  height: fc.integer({ min: 64, max: 150 }),
  scale: seldom(1, 2),
  seed: fc.nat(),
  shape: fc.constantFrom(...SHAPES),
  shapeText: option(fc.constantFrom('A', '茶', 'OK', 'é', '☕', 'م')),
  palette: fc.constantFrom(...(Object.keys(PALETTES) as PaletteName[])),
  background: fc.constantFrom('#ffffff', '#101820', 'transparent'),
  font: fc.constantFrom(...(Object.keys(FONTS) as FontName[])),
  rotation: fc.constantFrom(...ROTATIONS),
  angles: option(fc.array(fc.integer({ min: -90, max: 90 }), { minLength: 1, maxLength: 4 })),
  scaling: fc.constantFrom(...SCALINGS),
  strict: fc.boolean(),
  repeat: fc.constantFrom(false, false, false, false, false, true),
  colorBy: fc.constantFrom(...COLORINGS),
  contour: seldom(0, 1.5, 4),
  maskBy: fc.constantFrom(...MASK_SOURCES),
  maskFit: fc.constantFrom(...MASK_FITS),
  maskInvert: seldom(false, true),
  margin: option(fc.integer({ min: 0, max: 5 })),
  minFontSize: option(fc.integer({ min: 2, max: 8 })),
  maxFontSize: option(fc.integer({ min: 8, max: 60 })),
});

export const randomCase: fc.Arbitrary<RandomCase> = fc
  .record({
    list: words,
    options,
    mask: option(fc.nat(masks.length - 1)),
    former: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined, freq: 1 }),
  })
  .map(({ options: { angles, colorBy, ...options }, ...others }) => ({
    ...others,
    given: {
      ...options,
      // Colours of an image need one.
      colorBy: colorBy === 'image' && others.mask === undefined ? 'random' : colorBy,
      ...(angles && { angles }),
    } as RandomCase['given'],
  }));
