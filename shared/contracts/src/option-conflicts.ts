/** What is wrong with options only when they are seen together. */
import { LIMITS } from './cloud-choices.ts';
import type { CloudOptions } from './cloud-options.ts';
import { ProblemError, type Violation } from './problem.ts';

/**
 * @param options all of them, each within its own range
 * @throws ProblemError INVALID_INPUT naming field, value and what is allowed with the others
 */
export function checkOptionsTogether(options: CloudOptions, hasMask: boolean): void {
  const conflict = conflictOf(options, hasMask);
  if (conflict === undefined) return;
  const { field, value, allowed } = conflict;
  throw new ProblemError('INVALID_INPUT', `${field}: got ${JSON.stringify(value)}; allowed is ${allowed}.`, {
    errors: [conflict],
  });
}

function conflictOf(options: CloudOptions, hasMask: boolean): Violation | undefined {
  const { width, height, scale, colorBy, minFontSize, maxFontSize } = options;
  const mostScale = Math.floor(LIMITS.side.maximum / Math.max(width, height));
  if (scale > mostScale) {
    const allowed = `a whole number from 1 to ${mostScale} at ${width} × ${height}, so that no side is longer than ${LIMITS.side.maximum} pixels`;
    return { field: 'scale', value: scale, allowed };
  }
  if (colorBy === 'image' && !hasMask) {
    return { field: 'colorBy', value: colorBy, allowed: 'image only with a mask' };
  }
  if (minFontSize !== null && maxFontSize !== null && maxFontSize < minFontSize) {
    return { field: 'maxFontSize', value: maxFontSize, allowed: `no less than minFontSize, ${minFontSize}` };
  }
  return undefined;
}
