/** Rates as go-doudou writes them: `100-S`, `100-S-200`, `0.5-M-3`. */
import { type Base, type Setting, setting } from '../settings.ts';
import type { Limit } from './gcra.ts';

const PERIODS: Record<string, { ms: number; word: string }> = {
  S: { ms: 1_000, word: 'a second' },
  M: { ms: 60_000, word: 'a minute' },
  H: { ms: 3_600_000, word: 'an hour' },
  D: { ms: 86_400_000, word: 'a day' },
};
const MOST = 1_000_000;
const YEAR_MS = 366 * 86_400_000;
const ALLOWED = `<rate>-<S|M|H|D>[-<burst>], like 100-S-200 for 100 a second and 200 at once; both at most ${MOST}, the burst at most a year's`;

/**
 * @param text `<rate>-<S|M|H|D>[-<burst>]`: events a second, minute, hour or day, which may be a fraction, and how many at once. Without a
 *   burst it is the rate, rounded up, as in redis_rate (in go-doudou it is 1).
 * @throws RangeError when it is anything else, a number is 0 or above a million, or the burst would take more than a year to come back
 */
export function parseRate(text: string): Limit {
  const limit = readRate(text);
  if (limit === undefined) throw new RangeError(`"${text}" is not a rate; give ${ALLOWED}`);
  return limit;
}

function readRate(text: string): Limit | undefined {
  const [, amount = '', unit = '', most] = /^(\d+(?:\.\d+)?)-([SMHD])(?:-(\d+))?$/i.exec(text) ?? [];
  const rate = Number(amount);
  const burst = most === undefined ? Math.ceil(rate) : Number(most);
  const periodMs = PERIODS[unit.toUpperCase()]?.ms ?? Number.NaN;
  const isAllowed = rate > 0 && rate <= MOST && burst > 0 && burst <= MOST && (burst * periodMs) / rate <= YEAR_MS;
  return isAllowed ? { rate, periodMs, burst } : undefined;
}

/** The limit as a phrase: `100 a second, 200 at once`. */
export function describeLimit({ rate, periodMs, burst }: Limit): string {
  const { word = `in ${periodMs} ms` } = Object.values(PERIODS).find(({ ms }) => ms === periodMs) ?? {};
  return `${rate} ${word}, ${burst} at once`;
}

/** A rate, see `parseRate`. */
export function rate(base: Base<string>): Setting<Limit> {
  return { ...setting(base, ALLOWED, String), parse: readRate };
}
