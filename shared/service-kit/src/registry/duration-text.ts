const UNITS: readonly (readonly [name: string, seconds: number])[] = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
];

/**
 * A span of time for people, in its two largest units: `2 min 33 s`, `4 h`, `0 s`.
 *
 * @param seconds at least 0; a broken second is dropped
 */
export function durationText(seconds: number): string {
  const whole = Math.floor(seconds);
  const largest = UNITS.findIndex(([, size]) => whole >= size);
  if (largest === -1) return '0 s';
  let left = whole;
  const parts = UNITS.slice(largest, largest + 2).map(([name, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return { name, count };
  });
  return parts.flatMap(({ name, count }) => (count > 0 ? [`${count} ${name}`] : [])).join(' ');
}
