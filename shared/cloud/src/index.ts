/** The word cloud engine: words and weights in, PNG and SVG out. */
export { CloudError, type CloudErrorCode } from './errors.ts';
export { FONTS, type FontName } from './fonts.ts';
export {
  type Cloud,
  type CloudHooks,
  makeCloud,
  type PlacedWord,
  type SkippedWord,
  type WeightedWord,
} from './make-cloud.ts';
export { type CloudOptions, ROTATIONS, type Rotation, SCALINGS, type Scaling } from './options.ts';
export { PALETTES, type PaletteName } from './palettes.ts';
export { SHAPES, type ShapeName } from './shapes.ts';
export type { SvgWord } from './svg.ts';
