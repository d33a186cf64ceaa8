/** Calls per second, from what was counted at several moments. */
import type { SystemLink } from '@wordcloud/contracts';

/** Which line of the picture. */
export const linkKey = ({ from, to }: Pick<SystemLink, 'from' | 'to'>): string => `${from} → ${to}`;

export type Rates = ReadonlyMap<string, number>;

/**
 * Calls per second of each link over the last views, so that a call now and then is no flicker. Of a link that is new nothing is known yet;
 * a count that fell began again, since the caller was started anew: what was before is left out.
 *
 * @param history links of the last views, oldest first
 */
export function ratesOver(history: readonly (readonly SystemLink[])[]): Rates {
  const past = history.map((links) => new Map(links.map((link) => [linkKey(link), link])));
  return new Map(
    (history.at(-1) ?? []).flatMap((link): [string, number][] => {
      const key = linkKey(link);
      let base = link;
      for (const links of past.toReversed()) {
        const older = links.get(key);
        if (older === undefined || older.calls > base.calls) break;
        base = older;
      }
      const seconds = (Date.parse(link.at) - Date.parse(base.at)) / 1_000;
      return seconds > 0 ? [[key, (link.calls - base.calls) / seconds]] : [];
    }),
  );
}

/** Calls per second to each instance. */
export function ratesByTarget(links: readonly SystemLink[], rates: Rates): Rates {
  const sums = new Map<string, number>();
  for (const link of links) sums.set(link.to, (sums.get(link.to) ?? 0) + (rates.get(linkKey(link)) ?? 0));
  return sums;
}
