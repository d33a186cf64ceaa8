/** Options that do not go together, made to: what the server would refuse is taken back where another choice forbids it. */
import type { CloudOptions } from '@wordcloud/contracts';

/** @param longest pixels that a side may have. @returns how many times larger the image may be than its layout */
export const mostScale = ({ width, height }: Pick<CloudOptions, 'width' | 'height'>, longest: number): number =>
  Math.max(1, Math.floor(longest / Math.max(width, height)));

/**
 * Changes them in place.
 *
 * @param hasMask an image gives the outline
 * @param longest pixels that a side may have
 */
export function settleOptions(options: CloudOptions, hasMask: boolean, longest: number): void {
  options.scale = Math.min(options.scale, mostScale(options, longest));
  if (options.colorBy === 'image' && !hasMask) options.colorBy = 'random';
  const { minFontSize, maxFontSize } = options;
  if (minFontSize !== null && maxFontSize !== null && maxFontSize < minFontSize) options.maxFontSize = null;
}
