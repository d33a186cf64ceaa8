/** The options of a word cloud: what may be chosen, the ranges, the defaults. `shared/cloud` and `shared/text` do the work. */
import Type, { type Static, type TSchema } from 'typebox';
import {
  COLORINGS,
  FONTS,
  LANGUAGES,
  LIMITS,
  MASK_FITS,
  MASK_SOURCES,
  PALETTES,
  ROTATIONS,
  SCALINGS,
  SHAPES,
  WORD_CLASSES,
} from './cloud-choices.ts';

function choice<const Values extends readonly string[]>(
  values: Values,
  options: { default: Values[number]; description: string },
) {
  return Type.Enum([...values] as [...{ -readonly [K in keyof Values]: Values[K] }], options);
}

/** A number or text, or null: one type for the validator, which then names one range. */
function orNull<Schema extends TSchema & { type: string }>(schema: Schema, description: string) {
  return Type.Unsafe<Static<Schema> | null>({
    ...schema,
    type: [schema.type, 'null'],
    default: null,
    description,
  });
}

const flag = (byDefault: boolean, description: string) => Type.Boolean({ default: byDefault, description });

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
  minLength: Type.Integer({
    ...LIMITS.minLength,
    default: 2,
    description: 'Shortest word to count, in characters; Japanese and Korean nouns of one character count for two',
  }),
  stopwords: Type.Array(Type.String({ minLength: 1, maxLength: LIMITS.stopwords.length }), {
    maxItems: LIMITS.stopwords.count,
    default: [],
    description:
      'Words to leave out, beside the stop words of the language; in a form: separated by commas or white space',
  }),
  dictionary: Type.Array(Type.String({ minLength: 1, maxLength: LIMITS.dictionary.length }), {
    maxItems: LIMITS.dictionary.count,
    default: [],
    description:
      'Words and names to keep whole wherever they stand, with spaces if wished; in a form: separated by commas or line ends',
  }),
  phrases: flag(false, 'Counts phrases of two and three words that are more than chance'),
  mergePlurals: flag(true, 'Counts an English plural for its singular, where the text has both'),
  numbers: flag(false, 'Counts numbers, too'),
  shapeText: orNull(
    Type.String({ minLength: 1, maxLength: LIMITS.shapeText }),
    `A word, letter or emoji that is the outline instead of \`shape\`, at most ${LIMITS.shapeText} characters`,
  ),
  maskBy: choice(MASK_SOURCES, {
    default: 'auto',
    description: 'What of a mask is inside: what is not transparent, or what is dark; `auto` looks whether it has both',
  }),
  maskInvert: flag(false, "Turns a mask's inside out"),
  maskFit: choice(MASK_FITS, {
    default: 'contain',
    description: 'All of the mask is to be seen, or it fills the picture',
  }),
  contour: Type.Number({
    ...LIMITS.contour,
    default: 0,
    description: 'Width of a line around shape or mask, in pixels',
  }),
  contourColor: orNull(
    Type.String({ pattern: '^#[0-9a-fA-F]{6}$' }),
    '`#rrggbb`, the colour of that line; null: the first of the palette',
  ),
  colorBy: choice(COLORINGS, {
    default: 'random',
    description: 'Which word has which colour; `pos`: by part of speech, `image`: as the mask at that place',
  }),
  angles: Type.Array(Type.Number({ minimum: LIMITS.angles.minimum, maximum: LIMITS.angles.maximum }), {
    maxItems: LIMITS.angles.count,
    default: [],
    description: 'Degrees clockwise that words may be turned by, instead of `rotation`; in a form: separated by commas',
  }),
  strict: flag(false, 'Sizes exactly as the scaling says; what would become too small is left out'),
  repeat: flag(false, 'Repeats the words, ever smaller, until the shape is full'),
  margin: orNull(
    Type.Number(LIMITS.margin),
    'Least distance between two words in pixels; null: by the size of the image',
  ),
  minFontSize: orNull(
    Type.Number(LIMITS.minFontSize),
    'Smallest type in pixels; words that would be smaller are left out; null: by the size of the image',
  ),
  maxFontSize: orNull(Type.Number(LIMITS.maxFontSize), 'Largest type in pixels; null: what the image allows'),
  scale: Type.Integer({
    ...LIMITS.scale,
    default: 1,
    description: `Pixels of the image for one of the layout, no side beyond ${LIMITS.side.maximum}: the same picture, larger`,
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
