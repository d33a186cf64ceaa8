/** What is left of the rate limits, from the `RateLimit` header (draft-ietf-httpapi-ratelimit-headers). */

/**
 * @param header `"address";r=397;t=1, "user";r=198;t=1`, null where there is none
 * @returns requests left, by scope
 */
export function readQuota(header: string | null): ReadonlyMap<string, number> {
  const items = (header ?? '').matchAll(/"([\w-]+)"((?:;\w+=\d+)*)/g);
  return new Map(
    [...items].flatMap(([, scope = '', parameters = '']): [string, number][] => {
      const left = /;r=(\d+)/.exec(parameters)?.[1];
      return left === undefined ? [] : [[scope, Number(left)]];
    }),
  );
}

/** After a refusal: which limit it was is not said, so the one that had the least left. */
export function emptyLeast(quota: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const [least] = [...quota].toSorted(([, a], [, b]) => a - b);
  return least ? new Map([...quota, [least[0], 0]]) : quota;
}
