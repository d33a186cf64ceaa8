/** The type of the sketch: what the machine has. */
export const SKETCH_FONT =
  'ui-sans-serif, system-ui, "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';

const WEIGHTS: Readonly<Record<string, number>> = {
  'sans-light': 300,
  sans: 400,
  'sans-bold': 700,
  'sans-black': 900,
};

/** @returns the weight of a font that the server offers, as CSS counts it */
export const weightOf = (font: string): number => WEIGHTS[font] ?? 400;
