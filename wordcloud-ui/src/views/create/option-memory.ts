/** What a person chose last, kept in the browser; checked against what the server offers today. */
import type { CloudOptions } from '@wordcloud/contracts';
import type { CloudChoices, Range } from '@/api/tasks.ts';
import { recall, remember } from '@/storage.ts';

/** What of the server's answer the check needs. */
export type Offer = Pick<
  CloudChoices,
  'languages' | 'palettes' | 'shapes' | 'fonts' | 'rotations' | 'scalings' | 'words' | 'limits' | 'defaults'
>;

const KEY = 'wordcloud-options';

/** Each option as given where that is allowed, and as the server's default where not. */
export function validOptions(given: unknown, choices: Offer): CloudOptions {
  const values = (typeof given === 'object' && given !== null ? given : {}) as Record<string, unknown>;
  const { defaults, limits } = choices;
  const oneOf = <Value extends string>(name: keyof CloudOptions, allowed: readonly string[]): Value => {
    const value = values[name];
    return (typeof value === 'string' && allowed.includes(value) ? value : defaults[name]) as Value;
  };
  const whole = (name: 'top' | 'width' | 'height' | 'minLength' | 'seed', range: Range): number => {
    const value = values[name];
    const isRight = Number.isInteger(value) && Number(value) >= range.minimum && Number(value) <= range.maximum;
    return isRight ? Number(value) : defaults[name];
  };
  return {
    lang: oneOf('lang', choices.languages),
    top: whole('top', limits.top),
    width: whole('width', limits.side),
    height: whole('height', limits.side),
    palette: oneOf('palette', choices.palettes),
    background: isBackground(values.background) ? values.background : defaults.background,
    shape: oneOf('shape', choices.shapes),
    font: oneOf('font', choices.fonts),
    rotation: oneOf('rotation', choices.rotations),
    scaling: oneOf('scaling', choices.scalings),
    words: oneOf('words', choices.words),
    minLength: whole('minLength', limits.minLength),
    stopwords: Array.isArray(values.stopwords) ? cleanStopwords(values.stopwords, choices) : [...defaults.stopwords],
    seed: whole('seed', limits.seed),
  };
}

const isBackground = (value: unknown): value is string =>
  typeof value === 'string' && /^(#[0-9a-f]{6}|transparent)$/i.test(value);

/** Different words of allowed length, no more of them than allowed. */
export function cleanStopwords(words: readonly unknown[], { limits }: Pick<Offer, 'limits'>): string[] {
  const { count, length } = limits.stopwords;
  const texts = words.filter((word): word is string => typeof word === 'string').map((word) => word.trim());
  return [...new Set(texts)].filter((word) => word !== '' && word.length <= length).slice(0, count);
}

/** Divides what somebody typed or pasted at white space and commas of any script, as the server does. */
export const splitWords = (text: string): string[] => text.split(/[\s,，、;；]+/u).filter((word) => word !== '');

/** What was chosen last; what is not remembered, or not offered any more, is as the server has it. */
export function rememberedOptions(choices: Offer): CloudOptions {
  try {
    return validOptions(JSON.parse(recall(KEY) ?? 'null'), choices);
  } catch {
    return validOptions(null, choices);
  }
}

export const rememberOptions = (options: CloudOptions): void => remember(KEY, JSON.stringify(options));
