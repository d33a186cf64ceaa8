/** The options of a cloud: ranges, defaults, and the check of what a caller gives. */
import { CloudError } from './errors.ts';
import { FONTS, type FontName } from './fonts.ts';
import { PALETTES, type PaletteName } from './palettes.ts';
import { SHAPES, type ShapeName } from './shapes.ts';

export const ROTATIONS = ['none', 'mixed', 'slight', 'free'] as const;
export type Rotation = (typeof ROTATIONS)[number];

export const SCALINGS = ['linear', 'sqrt', 'log'] as const;
export type Scaling = (typeof SCALINGS)[number];

export interface CloudOptions {
  /** Pixels, 64 to 4096; default 1200. */
  width: number;
  /** Pixels, 64 to 4096; default 800. */
  height: number;
  /** Outline of the cloud where no mask is given; default `rectangle`. */
  shape: ShapeName;
  /** Default `aurora`. */
  palette: PaletteName;
  /** `#rrggbb` or `transparent`; default white. */
  background: string;
  /** Default `sans-bold`. */
  font: FontName;
  /** `mixed`: a quarter upright; `slight`: up to 12 degrees; `free`: up to 60 degrees. Default `mixed`. */
  rotation: Rotation;
  /** How size follows weight; default `sqrt`, which makes areas proportional. */
  scaling: Scaling;
  /** 0 to 4294967295; the same input, options and seed give the same bytes. Default 1. */
  seed: number;
  /** Least distance between words in pixels, 0 to 100; default 0.3 % of the mean side, at least 1. */
  margin: number;
  /** Smallest type in pixels, 2 to 200; words that would be smaller are skipped. Default 0.45 % of the mean side, at least 4. */
  minFontSize: number;
}

const DEFAULTS = {
  width: 1200,
  height: 800,
  shape: 'rectangle',
  palette: 'aurora',
  background: '#ffffff',
  font: 'sans-bold',
  rotation: 'mixed',
  scaling: 'sqrt',
  seed: 1,
} as const;

/** @throws CloudError INVALID_OPTION naming option, value and what is allowed */
export function resolveOptions(given: Partial<CloudOptions>): CloudOptions {
  const defined = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const { width, height } = { ...DEFAULTS, ...defined } as CloudOptions;
  const side = Math.sqrt(width * height);
  const options = {
    ...DEFAULTS,
    margin: Math.max(1, Math.round(side * 0.003)),
    minFontSize: Math.max(4, side * 0.0045),
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

function refuse(name: string, value: unknown, allowed: string): never {
  throw new CloudError('INVALID_OPTION', `${name}: got ${JSON.stringify(value)}; allowed is ${allowed}.`);
}
