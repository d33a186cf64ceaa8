/** The last minute of each service: calls per second, and how long they took. */
import type { SystemLink } from '@wordcloud/contracts';
import { linkKey, type Rates } from './rates.ts';

export const SAMPLES = 60;

export interface Trend {
  service: string;
  /** Oldest first. */
  rates: readonly number[];
  /** 95th percentile in milliseconds, of the slowest instance; undefined where nobody called. */
  p95s: readonly (number | undefined)[];
}

/** Adds one sample for each service that is called. */
export function addSample(trends: readonly Trend[], links: readonly SystemLink[], rates: Rates): Trend[] {
  const services = [...new Set([...trends.map(({ service }) => service), ...links.map(({ service }) => service)])];
  return services.map((service) => {
    const before = trends.find((trend) => trend.service === service);
    const own = links.filter((link) => link.service === service);
    const busy = own.filter((link) => (rates.get(linkKey(link)) ?? 0) > 0);
    const rate = own.reduce((sum, link) => sum + (rates.get(linkKey(link)) ?? 0), 0);
    const p95s = busy.flatMap(({ latencyMs }) => latencyMs.p95 ?? []);
    return {
      service,
      rates: [...(before?.rates ?? []), rate].slice(-SAMPLES),
      p95s: [...(before?.p95s ?? []), p95s.length > 0 ? Math.max(...p95s) : undefined].slice(-SAMPLES),
    };
  });
}

/**
 * The line of a sparkline; a gap where nothing is known. The newest sample stands at the right edge.
 *
 * @param most value at the upper edge
 */
export function sparkPath(
  values: readonly (number | undefined)[],
  width: number,
  height: number,
  most: number,
): string {
  const step = width / (SAMPLES - 1);
  let isDown = false;
  return values
    .map((value, index) => {
      if (value === undefined) {
        isDown = false;
        return '';
      }
      const x = width - (values.length - 1 - index) * step;
      const y = height - (Math.min(value, most) / most) * height;
      const point = `${isDown ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
      // A lone sample is a dot: a line of no length with round ends.
      const end = isDown || values[index + 1] !== undefined ? '' : 'h0';
      isDown = true;
      return point + end;
    })
    .join('');
}
