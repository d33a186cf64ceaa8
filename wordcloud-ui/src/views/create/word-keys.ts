/** Moving among the words of a picture by keyboard. */

/** The word that comes next for a key, by weight; undefined for keys that move nowhere. */
export function nextIndex(key: string, index: number, count: number): number | undefined {
  const last = count - 1;
  if (key === 'ArrowRight' || key === 'ArrowDown') return Math.min(last, index + 1);
  if (key === 'ArrowLeft' || key === 'ArrowUp') return Math.max(0, index - 1);
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  if (key === 'PageDown') return Math.min(last, index + 10);
  return key === 'PageUp' ? Math.max(0, index - 10) : undefined;
}
