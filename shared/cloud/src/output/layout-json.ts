/** The layout as JSON: for programs that draw a cloud in their own way, and to be read back, drawn again, or followed by the next one. */
import { CloudError } from '../errors.ts';
import { FONTS, type FontName } from '../fonts.ts';
import type { DrawnLayout, PlacedWord, SkippedWord } from '../make-cloud.ts';
import type { Contour } from '../svg.ts';

const FORMAT = 'wordcloud-layout';
const VERSION = 1;

export interface LaidOutWord extends PlacedWord {
  /** Size of its ink before it is turned, in pixels. */
  width: number;
  height: number;
  /** One of the smaller copies that fill the picture; they come last. */
  copy?: true;
}

/** Version 1. A reader ignores members it does not know; a change that would break it makes a new version. */
export interface CloudLayout {
  format: typeof FORMAT;
  version: typeof VERSION;
  /** Pixels. */
  width: number;
  height: number;
  /** `#rrggbb` or `transparent`. */
  background: string;
  /** What the words were drawn with; the first files do not tell. */
  font?: FontName;
  /** A line around the shape, if there is one. */
  contour?: Contour;
  /** The heaviest first, in the order in which they were placed. */
  words: LaidOutWord[];
  skipped: SkippedWord[];
}

/** One line for each word. Safe inside of a `<script>` too: `<` and the line ends of JavaScript are escaped. */
export function layoutJson({ drawn, placed, skipped, width, height, background, font, contour }: DrawnLayout): string {
  const words = drawn.map(({ shape, ...item }, index): LaidOutWord => {
    const size = { width: shape.width * item.fontSize, height: shape.height * item.fontSize };
    // Copies were drawn after all words, and are not in `placed`.
    const word = placed[index];
    return word ? { ...word, ...size } : { ...item, ...size, copy: true };
  });
  const head = { format: FORMAT, version: VERSION, width, height, background, font, ...(contour && { contour }) };
  const list = (items: readonly object[]) =>
    items.length === 0 ? '[]' : `[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]`;
  const text = `${JSON.stringify(head).slice(0, -1)},\n"words":${list(words)},\n"skipped":${list(skipped)}}\n`;
  return text.replace(/[<\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * Reads what `layoutJson` wrote.
 *
 * @throws CloudError INVALID_OPTION when it is not a layout of version 1
 */
export function readLayoutJson(text: string): CloudLayout {
  let layout: unknown;
  try {
    layout = JSON.parse(text);
  } catch {
    refuse('no JSON');
  }
  if (!isObject(layout)) refuse('no object');
  const { format, version, width, height, background, font, contour, words, skipped } = layout;
  if (format !== FORMAT || version !== VERSION) refuse(`format ${JSON.stringify(format)}, version ${version}`);
  if (!isSize(width) || !isSize(height)) refuse('no width and height above 0');
  if (background !== 'transparent' && !isColor(background)) refuse('no background of #rrggbb or transparent');
  if (font !== undefined && !isFont(font)) {
    const allowed = `one of ${Object.keys(FONTS).join(', ')}`;
    throw new CloudError('INVALID_OPTION', `font: got ${JSON.stringify(font)}; allowed is ${allowed}.`);
  }
  if (contour !== undefined && !isContour(contour)) refuse('a contour without path, width and color');
  if (!Array.isArray(words) || !words.every(isWord)) refuse('a word without its members');
  if (!Array.isArray(skipped) || !skipped.every(isSkipped)) refuse('a skipped word without its members');
  const known = { ...(font && { font }), ...(contour && { contour }) };
  return { format, version, width, height, background, ...known, words, skipped };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

const isSize = (value: unknown): value is number => Number.isFinite(value) && (value as number) > 0;

const isColor = (value: unknown): value is string => typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value);

const isFont = (value: unknown): value is FontName => typeof value === 'string' && Object.hasOwn(FONTS, value);

/** Only what is drawn in the same way in every format. */
const isPath = (value: unknown): value is string => typeof value === 'string' && /^[MLHVQCZ\d\s,.-]*$/.test(value);

const isContour = (value: unknown): value is Contour =>
  isObject(value) && isPath(value.path) && isSize(value.width) && isColor(value.color);

const isWord = (value: unknown): value is LaidOutWord =>
  isObject(value) &&
  typeof value.word === 'string' &&
  isColor(value.color) &&
  [value.weight, value.fontSize, value.width, value.height].every(isSize) &&
  [value.x, value.y, value.angle].every(Number.isFinite);

const isSkipped = (value: unknown): value is SkippedWord =>
  isObject(value) && typeof value.word === 'string' && typeof value.reason === 'string';

function refuse(found: string): never {
  throw new CloudError('INVALID_OPTION', `layout: got ${found}; allowed is JSON of ${FORMAT}, version ${VERSION}.`);
}
