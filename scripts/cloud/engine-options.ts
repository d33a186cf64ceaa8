/** The engine's options as options of the command line. Defaults and what is allowed are asked of the engine itself. */
import { CloudError, type CloudOptions, resolveOptions } from '@wordcloud/cloud';
import { misuse } from './errors.ts';

type EngineName = Exclude<keyof CloudOptions, 'width' | 'height'>;

export interface EngineOption {
  /** Stands for the value in the help; a switch has none. */
  value?: string;
  kind: 'text' | 'number' | 'numbers' | 'switch';
  about: string;
}

/** In the order of the help. Width and height are one option: `--size`. */
export const ENGINE_OPTIONS: Partial<Record<EngineName, EngineOption>> = {
  shape: { value: 'NAME', kind: 'text', about: 'Outline of the cloud' },
  shapeText: { value: 'TEXT', kind: 'text', about: 'The outline is this word, letter or emoji, instead of --shape' },
  palette: { value: 'NAME', kind: 'text', about: 'Colours of the words' },
  background: { value: 'COLOUR', kind: 'text', about: 'Behind the words; colours are made readable on it' },
  font: { value: 'NAME', kind: 'text', about: 'Weight of the type' },
  rotation: { value: 'NAME', kind: 'text', about: 'How words may be turned' },
  scaling: { value: 'NAME', kind: 'text', about: 'How the size of a word follows its count' },
  strict: {
    kind: 'switch',
    about:
      'Sizes exactly as the scaling says; what would become too small is left out. Without: all words, made to fit',
  },
  colorBy: { value: 'WHAT', kind: 'text', about: 'Which word has which colour' },
  angles: { value: 'LIST', kind: 'numbers', about: 'Degrees instead of --rotation, as in --angles=-45,0,0,45' },
  margin: { value: 'PIXELS', kind: 'number', about: 'Least distance between two words; more in larger pictures' },
  minFontSize: {
    value: 'PIXELS',
    kind: 'number',
    about: 'Smallest type; words that would be smaller are left out; more in larger pictures',
  },
  maxFontSize: { value: 'PIXELS', kind: 'number', about: 'Largest type; without: what the picture allows' },
  contour: { value: 'PIXELS', kind: 'number', about: 'Width of a line around shape or mask' },
  contourColor: { value: 'COLOUR', kind: 'text', about: 'Of that line; without: the first of the palette' },
  maskBy: { value: 'WHAT', kind: 'text', about: 'What of a mask is inside: what is not transparent, or what is dark' },
  maskFit: { value: 'HOW', kind: 'text', about: 'All of the mask is to be seen, or it fills the picture' },
  maskInvert: { kind: 'switch', about: 'Words go where the mask is light or transparent' },
  repeat: { kind: 'switch', about: 'Few words fill all of the shape: they are repeated, ever smaller' },
  scale: { value: 'FACTOR', kind: 'number', about: 'More pixels, the same layout' },
  seed: {
    value: 'NUMBER',
    kind: 'number',
    about: 'Another number, another arrangement; the same number, the same file',
  },
};

/** `minFontSize` is `--min-font-size`. */
export const flagOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export const defaultOf = (name: keyof CloudOptions): unknown => resolveOptions({})[name];

/** What the engine says when it is given what no option can be. */
export function allowedBy(name: keyof CloudOptions): string {
  try {
    resolveOptions({ [name]: Number.NaN });
  } catch (error) {
    return /allowed is (.*)\.$/.exec((error as Error).message)?.[1] ?? '';
  }
  return '';
}

/**
 * Reads what was given as text, and has it checked by the engine before anything else is done.
 *
 * @param given by flag, without the dashes
 * @throws CliError naming the flag, the value, and what is allowed
 */
export function readEngineOptions(given: Record<string, unknown>): Partial<CloudOptions> {
  const options: Record<string, unknown> = typeof given.size === 'string' ? readSize(given.size) : {};
  for (const [name, { kind }] of Object.entries(ENGINE_OPTIONS)) {
    const value = given[flagOf(name)];
    const number = (text: string) => readNumber(flagOf(name), text, allowedBy(name as EngineName));
    if (kind === 'switch' && value === true) options[name] = true;
    if (typeof value !== 'string') continue;
    if (kind === 'number') options[name] = number(value);
    else options[name] = kind === 'numbers' ? value.split(',').map(number) : value;
  }
  try {
    resolveOptions(options);
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    const [name, ...rest] = error.message.split(':');
    misuse(`--${name === 'width' || name === 'height' ? `size: ${name}` : flagOf(name!)}:${rest.join(':')}`);
  }
  return options;
}

/** @throws CliError */
export function readNumber(flag: string, value: string, allowed: string): number {
  const number = /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(value.trim()) ? Number(value) : Number.NaN;
  if (Number.isNaN(number)) misuse(`--${flag}: got ${JSON.stringify(value)}; allowed is ${allowed}.`);
  return number;
}

function readSize(value: string): { width: number; height: number } {
  const [, width, height] = /^(\d+)[x×*](\d+)$/i.exec(value.trim()) ?? [];
  if (width === undefined || height === undefined) {
    misuse(`--size: got ${JSON.stringify(value)}; allowed is WIDTHxHEIGHT in pixels, as in 1920x1080.`);
  }
  return { width: Number(width), height: Number(height) };
}
