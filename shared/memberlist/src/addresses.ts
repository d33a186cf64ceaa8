import { BlockList, isIP, isIPv6 } from 'node:net';
import { MemberlistError } from './errors.ts';

/** Where a node listens, on UDP and TCP alike. */
export interface Address {
  /** IP address. */
  readonly address: string;
  readonly port: number;
}

/** A place to join, as it was written: `[name/]host[:port]`. */
export interface JoinTarget {
  /** The name that the node must have, where given. */
  name?: string;
  host: string;
  port: number;
}

/**
 * Reads `[name/]host[:port]`; IPv6 addresses with or without brackets.
 *
 * @throws MemberlistError BAD_ADDRESS, naming what is wrong
 */
export function parseJoinTarget(text: string, defaultPort: number): JoinTarget {
  const bad = (why: string) =>
    new MemberlistError('BAD_ADDRESS', `"${text}" is no address to join: ${why}; write [name/]host[:port]`);
  const slash = text.indexOf('/');
  const name = slash < 0 ? undefined : text.slice(0, slash);
  if (name === '') throw bad('the name before "/" is empty');
  const place = text.slice(slash + 1);
  const parts = isIPv6(place) ? null : /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(\d+))?$/.exec(place);
  if (!isIPv6(place) && !parts) throw bad('host and port cannot be told apart');
  const host = parts ? (parts[1] ?? parts[2]!) : place;
  if (host === '') throw bad('the host is missing');
  if (parts?.[1] !== undefined && !isIPv6(parts[1])) throw bad('only an IPv6 address stands in brackets');
  const port = parts?.[3] === undefined ? defaultPort : Number(parts[3]);
  if (port < 1 || port > 65_535) throw bad(`${port} is no port (1 to 65535)`);
  return name === undefined ? { host, port } : { name, host, port };
}

/**
 * The text of an IP address of 4 or 16 bytes, canonical: IPv4 in IPv6 becomes IPv4.
 *
 * @returns undefined for any other number of bytes
 */
export function addressFromBytes(bytes: Uint8Array): string | undefined {
  if (bytes.length === 4) return `${bytes[0]}.${bytes[1]}.${bytes[2]}.${bytes[3]}`;
  if (bytes.length !== 16) return undefined;
  if (isMapped(bytes)) return addressFromBytes(bytes.subarray(12));
  const groups: string[] = [];
  for (let i = 0; i < 16; i += 2) groups.push(((bytes[i]! << 8) | bytes[i + 1]!).toString(16));
  return canonicalIPv6(groups.join(':'));
}

const isMapped = (bytes: Uint8Array): boolean =>
  bytes[10] === 0xff && bytes[11] === 0xff && bytes.subarray(0, 10).every((byte) => byte === 0);

/** The longest run of zero groups becomes `::`, as RFC 5952 wants it; URL does that. */
const canonicalIPv6 = (address: string): string => new URL(`http://[${address}]`).hostname.slice(1, -1);

/**
 * The bytes of an IP address: 4 for IPv4, 16 for IPv6.
 *
 * @throws MemberlistError BAD_ADDRESS for what is no IP address
 */
export function addressToBytes(address: string): Uint8Array {
  const version = isIP(address);
  if (version === 4) return Uint8Array.from(address.split('.'), Number);
  if (version !== 6) throw new MemberlistError('BAD_ADDRESS', `"${address}" is no IP address`);
  const [head = '', tail] = canonicalIPv6(address.replace(/%.*$/, '')).split('::');
  const groupsOf = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const front = groupsOf(head);
  const back = tail === undefined ? [] : groupsOf(tail);
  const groups = [...front, ...new Array<number>(8 - front.length - back.length).fill(0), ...back];
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

/**
 * Tells which addresses may be members.
 *
 * @param cidrs such as `10.0.0.0/8`; undefined or empty allows all
 * @throws MemberlistError BAD_OPTION naming the entry that cannot be read
 */
export function createAddressFilter(cidrs: readonly string[] | undefined): (address: string) => boolean {
  if (!cidrs?.length) return () => true;
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = '', bits = ''] = cidr.split('/');
    const version = isIP(address);
    const length = Number(bits);
    if (!version || !/^\d+$/.test(bits) || length > (version === 4 ? 32 : 128)) {
      throw new MemberlistError('BAD_OPTION', `allowedCidrs: "${cidr}" is no network such as 10.0.0.0/8`);
    }
    list.addSubnet(address, length, version === 4 ? 'ipv4' : 'ipv6');
  }
  return (address) => list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
