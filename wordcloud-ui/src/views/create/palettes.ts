/**
 * The colours of the palettes, for swatches and the sketch. The engine itself draws with canvas and fonts of Node and
 * cannot come along into a browser; a test holds this table against its own.
 */
export const PALETTES: Readonly<Record<string, readonly string[]>> = {
  aurora: ['#0b3c5d', '#1d7a8c', '#2fa084', '#7a4fa3', '#c2417c', '#e07a3f'],
  ink: ['#1b1b1e', '#373f51', '#58667e', '#7b8ba3', '#a23b3b'],
  ocean: ['#03256c', '#1768ac', '#2a9fd6', '#06bee1', '#0e7c7b'],
  forest: ['#1b4332', '#2d6a4f', '#40916c', '#74a57f', '#8a6d3b', '#5c4d3c'],
  sunset: ['#5f0f40', '#9a031e', '#d1495b', '#e36414', '#fb8b24', '#3d348b'],
  berry: ['#4a0d67', '#7b2d8b', '#b5179e', '#d6336c', '#5a4fcf', '#2b2d76'],
  candy: ['#e84a8a', '#f2994a', '#27ae60', '#2d9cdb', '#9b51e0', '#eb5757'],
  earth: ['#582f0e', '#7f4f24', '#936639', '#656d4a', '#414833', '#a44a3f'],
  mono: ['#111827', '#374151', '#4b5563', '#6b7280'],
  accessible: ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000'],
  neon: ['#00f5d4', '#00bbf9', '#fee440', '#f15bb5', '#9b5de5', '#ff9f1c'],
  pastel: ['#8ecae6', '#ffb4a2', '#b5e48c', '#cdb4db', '#ffd166', '#a0c4ff'],
};

/** Of two texts that are compared: from what the first has more of, over grey, to what the second has more of. */
export const COMPARISON_COLORS = ['#b3400a', '#d2691e', '#a68064', '#7d7d7d', '#6c8299', '#3d7fb8', '#0b559f'] as const;

/** For a palette that a newer server announces and this page does not know. */
const UNKNOWN = ['#4b5563', '#6b7280'];

/** WCAG 2.2, 1.4.11 for large shapes; the engine does the same. */
const LEAST_CONTRAST = 3;

type Rgb = readonly [red: number, green: number, blue: number];

/** The colours of a palette as they are, for a swatch. */
export const swatch = (name: string): readonly string[] => PALETTES[name] ?? UNKNOWN;

/**
 * The colours of a palette, each mixed with black or white as far as it takes to be seen on the background.
 *
 * @param background `#rrggbb` or `transparent`, which is taken for white
 */
export const readableColors = (name: string, background: string): string[] =>
  swatch(name).map((hex) => readableColor(hex, background));

/** One colour, `#rrggbb`, mixed as far as it takes. */
export function readableColor(hex: string, background: string): string {
  const ground = parse(background === 'transparent' ? '#ffffff' : background);
  const goal: Rgb = contrast([0, 0, 0], ground) > contrast([255, 255, 255], ground) ? [0, 0, 0] : [255, 255, 255];
  const color = parse(hex);
  for (let share = 0; share < 1; share += 0.04) {
    const mixed = mix(color, goal, share);
    if (contrast(mixed, ground) >= LEAST_CONTRAST) return format(mixed);
  }
  return format(goal);
}

function parse(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 0xff, value & 0xff];
}

const format = ([red, green, blue]: Rgb): string =>
  `#${((red << 16) | (green << 8) | blue).toString(16).padStart(6, '0')}`;

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const at = (i: 0 | 1 | 2) => Math.round(a[i] + (b[i] - a[i]) * share);
  return [at(0), at(1), at(2)];
}

function contrast(a: Rgb, b: Rgb): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

function luminance([red, green, blue]: Rgb): number {
  const linear = (value: number) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
