/** The options of a word cloud: what may be chosen, the ranges, the defaults. `shared/cloud` and `shared/text` do the work. */
import Type, { type Static } from 'typebox';

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
  seed: { minimum: 0, maximum: 4294967295 },
} as const;

function choice<const Values extends readonly string[]>(
  values: Values,
  options: { default: Values[number]; description: string },
) {
  return Type.Enum([...values] as [...{ -readonly [K in keyof Values]: Values[K] }], options);
}

const properties = {
  lang: choice(LANGUAGES, {
    default: 'auto',
    description: 'Language of the text; `auto` looks at the script and the words',
  }),
  top: Type.Integer({ ...LIMITS.top, default: 200, description: 'How many of the most frequent words to draw' }),
  width: Type.Integer({ ...LIMITS.side, default: 1200, description: 'Width of the image in pixels' }),
  height: Type.Integer({ ...LIMITS.side, default: 800, description: 'Height of the image in pixels' }),
  palette: choice(PALETTES, { default: PALETTES[0], description: 'Colours of the words' }),
  background: Type.String({
    pattern: '^(#[0-9a-fA-F]{6}|transparent)$',
    default: '#ffffff',
    description: '`#rrggbb` or `transparent`',
  }),
  shape: choice(SHAPES, { default: 'rectangle', description: 'Outline of the cloud, when there is no mask' }),
  font: choice(FONTS, { default: 'sans-bold', description: 'Weight of the type' }),
  rotation: choice(ROTATIONS, { default: 'mixed', description: 'How words may be turned' }),
  scaling: choice(SCALINGS, { default: 'sqrt', description: 'How the size of a word follows its count' }),
  words: choice(WORD_CLASSES, { default: 'nouns', description: 'Nouns and names only, or all words but stop words' }),
  minLength: Type.Integer({ ...LIMITS.minLength, default: 2, description: 'Shortest word to count, in characters' }),
  stopwords: Type.Array(Type.String({ minLength: 1, maxLength: LIMITS.stopwords.length }), {
    maxItems: LIMITS.stopwords.count,
    default: [],
    description:
      'Words to leave out, beside the stop words of the language; in a form: separated by commas or white space',
  }),
  seed: Type.Integer({
    ...LIMITS.seed,
    default: 1,
    description: 'The same input, options and seed give the same bytes',
  }),
};

/** All options, as a task keeps them. */
export const CloudOptions = Type.Object(properties, { additionalProperties: false });
export type CloudOptions = Static<typeof CloudOptions>;

/** What a user sends: any of them. */
export const CloudOptionsInput = Type.Partial(CloudOptions, { additionalProperties: false });
export type CloudOptionsInput = Static<typeof CloudOptionsInput>;

/** The options that hold where a user chose nothing. */
export const DEFAULT_OPTIONS: CloudOptions = Object.freeze(
  Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, (schema as { default?: unknown }).default]),
  ),
) as unknown as CloudOptions;
