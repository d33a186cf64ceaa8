/** What may be chosen for a word cloud: names, and the limits of numbers and lists. */

export const LANGUAGES = [
  'auto',
  'en',
  'zh',
  'ja',
  'ko',
  'de',
  'fr',
  'es',
  'pt',
  'it',
  'nl',
  'sv',
  'da',
  'no',
  'fi',
  'pl',
  'cs',
  'hu',
  'ro',
  'tr',
  'id',
  'vi',
  'ru',
  'uk',
  'el',
  'ar',
  'fa',
  'he',
  'hi',
  'th',
] as const;
export const SHAPES = [
  'rectangle',
  'ellipse',
  'circle',
  'heart',
  'star',
  'cloud',
  'diamond',
  'triangle',
  'hexagon',
  'drop',
] as const;
export const PALETTES = [
  'aurora',
  'ink',
  'ocean',
  'forest',
  'sunset',
  'berry',
  'candy',
  'earth',
  'mono',
  'accessible',
  'neon',
  'pastel',
] as const;
export const FONTS = ['sans-light', 'sans', 'sans-bold', 'sans-black'] as const;
export const ROTATIONS = ['none', 'mixed', 'slight', 'free'] as const;
export const SCALINGS = ['linear', 'sqrt', 'log', 'rank'] as const;
export const WORD_CLASSES = ['nouns', 'all'] as const;
export const COLORINGS = ['random', 'rank', 'frequency', 'pos', 'image'] as const;
export const MASK_SOURCES = ['auto', 'alpha', 'luminance'] as const;
export const MASK_FITS = ['contain', 'cover'] as const;
/** A picture can be had as. */
export const IMAGE_FORMATS = ['png', 'svg', 'pdf', 'webp', 'html', 'json'] as const;
export type ImageFormat = (typeof IMAGE_FORMATS)[number];

export const LIMITS = {
  /** Bytes of an uploaded text; the setting `MAX_TEXT_BYTES` of the bff may change it. */
  bytes: 10 * 1024 * 1024,
  /** Bytes of an uploaded mask image. */
  maskBytes: 5 * 1024 * 1024,
  title: 200,
  top: { minimum: 1, maximum: 2000 },
  side: { minimum: 64, maximum: 4096 },
  minLength: { minimum: 1, maximum: 20 },
  stopwords: { count: 1000, length: 64 },
  dictionary: { count: 1000, length: 64 },
  angles: { count: 64, minimum: -90, maximum: 90 },
  shapeText: 20,
  margin: { minimum: 0, maximum: 100 },
  minFontSize: { minimum: 2, maximum: 200 },
  maxFontSize: { minimum: 2, maximum: 8192 },
  contour: { minimum: 0, maximum: 50 },
  scale: { minimum: 1, maximum: 8 },
  seed: { minimum: 0, maximum: 4294967295 },
} as const;
