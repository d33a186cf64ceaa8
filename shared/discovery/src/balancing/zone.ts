/**
 * Those of the caller's zone, if there are any; else all: near ones are quicker, and what crosses zones is often paid for.
 *
 * @param zone of the caller; empty: no zones
 */
export function preferZone<I extends { readonly zone: string }>(instances: readonly I[], zone: string): readonly I[] {
  if (zone === '') return instances;
  const near = instances.filter((instance) => instance.zone === zone);
  return near.length > 0 ? near : instances;
}
