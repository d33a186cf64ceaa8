/** Options from elsewhere (the browser's memory, an earlier cloud), checked against what the server offers today. */
import type { CloudOptions } from '@wordcloud/contracts';
import type { CloudChoices, Range } from '@/api/tasks.ts';

/** What of the server's answer the check needs. */
export type Offer = Omit<CloudChoices, 'formats' | 'demoAccount'>;

/** Each option as given where that is allowed, and as the server's default where not. */
export function validOptions(given: unknown, choices: Offer): CloudOptions {
  const values = (typeof given === 'object' && given !== null ? given : {}) as Record<string, unknown>;
  const { defaults, limits } = choices;
  const keep = <Name extends keyof CloudOptions>(
    name: Name,
    isRight: (value: unknown) => boolean,
  ): CloudOptions[Name] => (isRight(values[name]) ? (values[name] as CloudOptions[Name]) : defaults[name]);
  const oneOf = (allowed: readonly string[]) => (value: unknown) =>
    typeof value === 'string' && allowed.includes(value);
  const orNull = (isRight: (value: unknown) => boolean) => (value: unknown) => value === null || isRight(value);
  const isFlag = (value: unknown) => typeof value === 'boolean';
  const list = <Value>(value: unknown, clean: (list: unknown[]) => Value[], byDefault: readonly Value[]) =>
    Array.isArray(value) ? clean(value) : [...byDefault];
  return {
    lang: keep('lang', oneOf(choices.languages)),
    top: keep('top', isWhole(limits.top)),
    width: keep('width', isWhole(limits.side)),
    height: keep('height', isWhole(limits.side)),
    palette: keep('palette', oneOf(choices.palettes)),
    background: keep('background', (value) => value === 'transparent' || isColor(value)),
    shape: keep('shape', oneOf(choices.shapes)),
    font: keep('font', oneOf(choices.fonts)),
    rotation: keep('rotation', oneOf(choices.rotations)),
    scaling: keep('scaling', oneOf(choices.scalings)),
    words: keep('words', oneOf(choices.words)),
    minLength: keep('minLength', isWhole(limits.minLength)),
    stopwords: list(values.stopwords, (words) => cleanTerms(words, limits.stopwords), defaults.stopwords),
    dictionary: list(values.dictionary, (terms) => cleanTerms(terms, limits.dictionary), defaults.dictionary),
    phrases: keep('phrases', isFlag),
    mergePlurals: keep('mergePlurals', isFlag),
    numbers: keep('numbers', isFlag),
    shapeText: keep('shapeText', orNull(isTextUpTo(limits.shapeText))),
    maskBy: keep('maskBy', oneOf(choices.maskSources)),
    maskInvert: keep('maskInvert', isFlag),
    maskFit: keep('maskFit', oneOf(choices.maskFits)),
    contour: keep('contour', isIn(limits.contour)),
    contourColor: keep('contourColor', orNull(isColor)),
    colorBy: keep('colorBy', oneOf(choices.colorings)),
    angles: list(values.angles, (angles) => cleanAngles(angles, limits.angles), defaults.angles),
    strict: keep('strict', isFlag),
    repeat: keep('repeat', isFlag),
    margin: keep('margin', orNull(isIn(limits.margin))),
    minFontSize: keep('minFontSize', orNull(isIn(limits.minFontSize))),
    maxFontSize: keep('maxFontSize', orNull(isIn(limits.maxFontSize))),
    scale: keep('scale', isWhole(limits.scale)),
    seed: keep('seed', isWhole(limits.seed)),
  };
}

const isIn = (range: Range) => (value: unknown) =>
  typeof value === 'number' && value >= range.minimum && value <= range.maximum;
const isWhole = (range: Range) => (value: unknown) => Number.isInteger(value) && isIn(range)(value);
const isColor = (value: unknown) => typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value);
const isTextUpTo = (most: number) => (value: unknown) =>
  typeof value === 'string' && value.trim() !== '' && [...value].length <= most;

/** Different words or terms of allowed length, no more of them than allowed. */
export function cleanTerms(terms: readonly unknown[], { count, length }: { count: number; length: number }): string[] {
  const texts = terms.filter((term): term is string => typeof term === 'string').map((term) => term.trim());
  return [...new Set(texts)].filter((term) => term !== '' && term.length <= length).slice(0, count);
}

/** Numbers in the range, no more of them than allowed; one that comes twice is taken twice as often, so it stays. */
export function cleanAngles(angles: readonly unknown[], { count, ...range }: Range & { count: number }): number[] {
  return angles.filter((angle): angle is number => isIn(range)(angle)).slice(0, count);
}

/** Divides what somebody typed or pasted at white space and commas of any script, as the server does. */
export const splitWords = (text: string): string[] => text.split(/[\s,，、;；]+/u).filter((word) => word !== '');

/** Divides at commas of any script and line ends, as the server does: a term may have spaces. */
export const splitTerms = (text: string): string[] =>
  text
    .split(/[\r\n,，、;；]+/u)
    .map((term) => term.trim())
    .filter((term) => term !== '');
