/** The word cloud engine: words and weights in, PNG and SVG out. */

export type { Cloud, CloudHooks, DrawnLayout, PlacedWord, SkippedWord, WeightedWord } from './cloud.ts';
export { CloudError, type CloudErrorCode } from './errors.ts';
export { FONTS, type FontName } from './fonts.ts';
export { makeCloud } from './make-cloud.ts';
export {
  type CloudOptions,
  COLORINGS,
  type Coloring,
  MASK_FITS,
  MASK_SOURCES,
  type MaskBy,
  type MaskFit,
  ROTATIONS,
  type Rotation,
  resolveOptions,
  SCALINGS,
  type Scaling,
} from './options.ts';
export { drawLayout } from './output/draw-layout.ts';
export { encodeHtml, type HtmlOptions } from './output/html.ts';
export { type CloudLayout, type LaidOutWord, layoutJson, readLayoutJson } from './output/layout-json.ts';
export { encodePdf, type PdfOptions } from './output/pdf.ts';
export { previewPng } from './output/preview.ts';
export { encodeSvgWithFont } from './output/svg-with-font.ts';
export { encodeWebp } from './output/webp.ts';
export { PALETTES, type PaletteName } from './palettes.ts';
export { SHAPES, type ShapeName } from './shapes.ts';
export { type Contour, encodeSvg, type Picture, type SvgWord } from './svg.ts';
