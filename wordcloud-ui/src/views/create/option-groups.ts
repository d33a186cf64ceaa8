/** The options that few people need: where they are to be found, and which of them are not as usual. */
import type { CloudOptions } from '@wordcloud/contracts';

/** Each inner list is one control of the page. */
const CONTROLS = {
  words: [['words'], ['minLength'], ['stopwords'], ['dictionary'], ['phrases'], ['mergePlurals'], ['numbers']],
  outline: [['contour'], ['contourColor'], ['repeat']],
  colors: [['colorBy']],
  type: [
    ['font'],
    ['rotation', 'angles'],
    ['scaling'],
    ['strict'],
    ['margin'],
    ['minFontSize'],
    ['maxFontSize'],
    ['seed'],
  ],
  size: [['scale']],
} as const satisfies Record<string, readonly (readonly (keyof CloudOptions)[])[]>;

export type GroupName = keyof typeof CONTROLS;
export const GROUP_NAMES = Object.keys(CONTROLS) as GroupName[];

/** How many controls of a group, or of all of them, are not as in `usual`. */
export function countChanged(options: CloudOptions, usual: CloudOptions, groups = GROUP_NAMES): number {
  const isChanged = (name: keyof CloudOptions) => JSON.stringify(options[name]) !== JSON.stringify(usual[name]);
  return groups.flatMap((group) => [...CONTROLS[group]]).filter((names) => names.some(isChanged)).length;
}

/** What of `options` differs from `before`: enough to make the one of the other. */
export function changedOptions(options: CloudOptions, before: CloudOptions): Partial<CloudOptions> {
  const names = Object.keys(options) as (keyof CloudOptions)[];
  const changed = names.filter((name) => JSON.stringify(options[name]) !== JSON.stringify(before[name]));
  return Object.fromEntries(changed.map((name) => [name, options[name]]));
}
