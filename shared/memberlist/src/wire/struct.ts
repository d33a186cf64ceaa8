/**
 * The fields of a message. Encoded, a struct is a map from field names, in byte order; decoders of upstream also take an
 * array of the values in source order.
 */
export interface Struct<Name extends string = string> {
  /** In source order. */
  readonly names: readonly Name[];
  /** In the order of the wire. */
  readonly sorted: readonly Name[];
  /** The sorted names as msgpack: header and bytes. */
  readonly keys: readonly Uint8Array[];
}

/** @param names in the order in which upstream declares them */
export function structOf<const Name extends string>(...names: Name[]): Struct<Name> {
  const sorted = [...names].sort();
  return { names, sorted, keys: sorted.map(encodeKey) };
}

/** A field name as msgpack writes it. All have fewer than 32 bytes, so that one byte is the header. */
export function encodeKey(name: string): Uint8Array {
  return Uint8Array.from([0xa0 | name.length, ...Buffer.from(name, 'latin1')]);
}
