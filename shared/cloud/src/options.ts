/** The options of a cloud: ranges, defaults, and the check of what a caller gives. */
import { CloudError } from './errors.ts';
import { FONTS, type FontName } from './fonts.ts';
import { PALETTES, type PaletteName } from './palettes.ts';
import { SHAPES, type ShapeName } from './shapes.ts';

export const ROTATIONS = ['none', 'mixed', 'slight', 'free'] as const;
export type Rotation = (typeof ROTATIONS)[number];

export const SCALINGS = ['linear', 'sqrt', 'log', 'rank'] as const;
export type Scaling = (typeof SCALINGS)[number];

export const COLORINGS = ['random', 'rank', 'frequency', 'pos', 'image'] as const;
export type Coloring = (typeof COLORINGS)[number];

export const MASK_SOURCES = ['auto', 'alpha', 'luminance'] as const;
export type MaskBy = (typeof MASK_SOURCES)[number];

export const MASK_FITS = ['contain', 'cover'] as const;
export type MaskFit = (typeof MASK_FITS)[number];

export interface CloudOptions {
  /** Pixels, 64 to 4096; default 1200. */
  width: number;
  /** Pixels, 64 to 4096; default 800. */
  height: number;
  /** Outline of the cloud where no mask is given; default `rectangle`. */
  shape: ShapeName;
  /** 1 to 20 characters that are the outline instead: a word, a letter, one emoji. */
  shapeText?: string;
  /** What of a mask is inside: what is not transparent, or what is dark. Default `auto`: by transparency where it has any. */
  maskBy: MaskBy;
  /** Turns a mask's inside out; default false. */
  maskInvert: boolean;
  /** `contain`: all of the mask is to be seen; `cover`: it fills the picture. Its form is kept. Default `contain`. */
  maskFit: MaskFit;
  /** Width in pixels of a line around shape or mask, 0 to 50; default 0, none. */
  contour: number;
  /** `#rrggbb`; default the first colour of the palette. */
  contourColor?: string;
  /** Default `aurora`. */
  palette: PaletteName;
  /** `#rrggbb` or `transparent`; default white. */
  background: string;
  /** Default `sans-bold`. */
  font: FontName;
  /** `mixed`: a quarter upright; `slight`: up to 12 degrees; `free`: up to 60 degrees. Default `mixed`. */
  rotation: Rotation;
  /** Angles in degrees clockwise, -90 to 90, at most 64; one that is repeated is taken more often. Takes the place of `rotation`. */
  angles?: readonly number[];
  /** How size follows weight; default `sqrt`, which makes areas proportional. `rank`: evenly by the place in the order of weights. */
  scaling: Scaling;
  /**
   * Sizes are exactly proportional to what `scaling` says; a word that would then be smaller than `minFontSize` is skipped. Default
   * false: words that find no room are made smaller, and all are drawn.
   */
  strict: boolean;
  /** Fills what room is left with smaller copies of the words; default false. */
  repeat: boolean;
  /**
   * Pixels of the picture for one of the layout, 1 to 8, as long as that makes no more than 67 million: the same layout, drawn
   * larger. All other options are in pixels at scale 1. Default 1.
   */
  scale: number;
  /** Which word has which colour: `pos` by part of speech, `image` as the mask at that place. Default `random`, by the seed. */
  colorBy: Coloring;
  /** 0 to 4294967295; the same input, options and seed give the same bytes. Default 1. */
  seed: number;
  /** Least distance between words in pixels, 0 to 100; default 0.2 % of the mean side, at least 1. */
  margin: number;
  /** Smallest type in pixels, 2 to 200; words that would be smaller are skipped. Default 0.45 % of the mean side, at least 4. */
  minFontSize: number;
  /** Largest type in pixels, `minFontSize` to 8192; default: what the picture allows. */
  maxFontSize?: number;
}

/** A picture of 8192 by 8192. */
const MOST_PIXELS = 1 << 26;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

const DEFAULTS = {
  width: 1200,
  height: 800,
  shape: 'rectangle',
  maskBy: 'auto',
  maskInvert: false,
  maskFit: 'contain',
  contour: 0,
  palette: 'aurora',
  background: '#ffffff',
  font: 'sans-bold',
  rotation: 'mixed',
  scaling: 'sqrt',
  strict: false,
  repeat: false,
  scale: 1,
  colorBy: 'random',
  seed: 1,
} as const;

/** @throws CloudError INVALID_OPTION naming option, value and what is allowed */
export function resolveOptions(given: Partial<CloudOptions>): CloudOptions {
  const defined = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const { width, height, maxFontSize = Infinity } = { ...DEFAULTS, ...defined } as CloudOptions;
  const side = Math.sqrt(width * height);
  const options = {
    ...DEFAULTS,
    margin: Math.max(1, Math.round(side * 0.002)),
    minFontSize: Math.min(Math.max(4, side * 0.0045), Math.max(2, maxFontSize)),
    ...defined,
  } as CloudOptions;
  checkNumber('width', options.width, 64, 4096, true);
  checkNumber('height', options.height, 64, 4096, true);
  checkNumber('seed', options.seed, 0, 4294967295, true);
  checkNumber('margin', options.margin, 0, 100);
  checkNumber('minFontSize', options.minFontSize, 2, 200);
  checkChoice('shape', options.shape, SHAPES);
  checkChoice('palette', options.palette, Object.keys(PALETTES));
  checkChoice('font', options.font, Object.keys(FONTS));
  checkChoice('rotation', options.rotation, ROTATIONS);
  checkChoice('scaling', options.scaling, SCALINGS);
  checkChoice('colorBy', options.colorBy, COLORINGS);
  checkChoice('maskBy', options.maskBy, MASK_SOURCES);
  checkChoice('maskFit', options.maskFit, MASK_FITS);
  checkBoolean('maskInvert', options.maskInvert);
  checkNumber('contour', options.contour, 0, 50);
  if (options.contourColor !== undefined && !/^#[0-9a-f]{6}$/i.test(options.contourColor))
    refuse('contourColor', options.contourColor, '#rrggbb');
  if (options.shapeText !== undefined) checkShapeText(options.shapeText);
  checkBoolean('strict', options.strict);
  checkBoolean('repeat', options.repeat);
  const mostScale = Math.floor(Math.sqrt(MOST_PIXELS / (options.width * options.height)));
  checkNumber('scale', options.scale, 1, Math.min(8, mostScale), true);
  if (options.maxFontSize !== undefined) checkNumber('maxFontSize', options.maxFontSize, options.minFontSize, 8192);
  if (options.angles !== undefined) checkAngles(options.angles);
  if (!/^(#[0-9a-f]{6}|transparent)$/i.test(options.background))
    refuse('background', options.background, '#rrggbb or transparent');
  return options;
}

function checkNumber(name: string, value: number, least: number, most: number, whole = false): void {
  const kind = whole ? 'a whole number' : 'a number';
  const right = typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value));
  if (!right) refuse(name, value, `${kind} from ${least} to ${most}`);
}

function checkChoice(name: string, value: string, choices: readonly string[]): void {
  if (!choices.includes(value)) refuse(name, value, `one of ${choices.join(', ')}`);
}

function checkBoolean(name: string, value: unknown): void {
  if (typeof value !== 'boolean') refuse(name, value, 'true or false');
}

function checkAngles(angles: readonly number[]): void {
  const isAngle = (value: unknown) => typeof value === 'number' && value >= -90 && value <= 90;
  if (!Array.isArray(angles) || angles.length < 1 || angles.length > 64 || !angles.every(isAngle))
    refuse('angles', angles, 'a list of 1 to 64 numbers from -90 to 90');
}

function checkShapeText(text: string): void {
  const length = typeof text === 'string' ? [...graphemes.segment(text)].length : 0;
  if (length < 1 || length > 20) refuse('shapeText', text, 'a text of 1 to 20 characters');
}

function refuse(name: string, value: unknown, allowed: string): never {
  throw new CloudError('INVALID_OPTION', `${name}: got ${JSON.stringify(value)}; allowed is ${allowed}.`);
}
