import { isIPv6 } from 'node:net';

/**
 * Who is behind an address, as far as it tells: for IPv4 the address; for IPv6 the first 64 bits, since whoever has one address has all that
 * begin so (RFC 6177, RFC 7421) and could use a new one for each request. An IPv6 address that stands for one of IPv4 is that.
 *
 * @param ip what is not an address is its own key
 */
export function addressKey(ip: string): string {
  const [address = ''] = ip.split('%');
  if (!isIPv6(address)) return ip;
  const groups = groupsOf(address);
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 0xff])
      .join('.');
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** The eight groups of a valid IPv6 address. A URL writes a dotted end as two groups. */
function groupsOf(address: string): number[] {
  const [head = '', tail = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const [left, right] = [split(head), split(tail)];
  const zeros = Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16));
}

const split = (part: string): string[] => (part === '' ? [] : part.split(':'));
